using AspireChat.ChatServer.Backplane;
using AspireChat.Tests.Backplane;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace AspireChat.Tests.ChatServers;

/// <summary>What holds whichever way connections are served: a derived class names another one than the default.</summary>
public abstract class TransportTest
{
    protected virtual string Transport => "kestrel";

    /// <inheritdoc cref="TestChatServer.StartAsync"/>
    private protected Task<TestChatServer> StartAsync(
        MemoryHub? hub = null,
        BackplaneMode? mode = BackplaneMode.Stream,
        HttpProtocols protocols = HttpProtocols.Http1,
        params (string Key, string Value)[] settings) =>
        TestChatServer.StartAsync(hub, mode: mode, protocols: protocols, settings: [("Chat:Transport", Transport), .. settings]);
}
