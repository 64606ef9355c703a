using AspireChat.Tests.ChatServers;
using AspireChat.Tests.Gateway;

namespace AspireChat.Tests.Conformance;

/// <summary>A chat server whose connections the web server upgrades.</summary>
public sealed class KestrelTarget : ConformanceTarget
{
    private TestChatServer? _server;

    public override Uri Address => _server!.Address;

    public override async ValueTask InitializeAsync() => _server = await StartServerAsync("kestrel");

    public override ValueTask DisposeAsync() => _server!.DisposeAsync();
}

/// <summary>A chat server that takes its connections before the web server.</summary>
public sealed class DirectTarget : ConformanceTarget
{
    private TestChatServer? _server;

    public override Uri Address => _server!.Address;

    public override async ValueTask InitializeAsync() => _server = await StartServerAsync("direct");

    public override ValueTask DisposeAsync() => _server!.DisposeAsync();
}

/// <summary>A chat server behind the gateway, which is the address; <see cref="Behind"/> leads past it.</summary>
public sealed class GatewayTarget : ConformanceTarget
{
    private TestChatServer? _server;
    private GatewayUnderTest? _gateway;

    public override Uri Address => _gateway!.Address;

    public Uri Behind => _server!.Address;

    public override async ValueTask InitializeAsync()
    {
        _server = await StartServerAsync("kestrel");
        _gateway = await GatewayUnderTest.StartAsync([("services:chat-1:http:0", _server.Address.ToString())]);
    }

    public override async ValueTask DisposeAsync()
    {
        await _gateway!.DisposeAsync();
        await _server!.DisposeAsync();
    }
}
