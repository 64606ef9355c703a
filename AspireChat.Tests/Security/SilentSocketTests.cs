using System.Diagnostics;
using System.Net.Sockets;
using AspireChat.ChatServer.Connections;
using AspireChat.Tests.ChatServers;
using AspireChat.Tests.Gateway;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AspireChat.Tests.Security;

/// <summary>Sockets that never become connections: they cost a server something too, and nobody has counted them yet.</summary>
public sealed class SilentSocketTests
{
    /// <summary>The web server looks at the clock once a second; four times the time allowed.</summary>
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(4 * (1 + 2 + 1));

    [Theory]
    [InlineData("kestrel")]
    [InlineData("direct")]
    public async Task A_socket_that_says_nothing_is_closed_in_time(string transport)
    {
        await using var server = await TestChatServer.StartAsync(settings: [("Chat:Transport", transport), ("Chat:Connections:SilentSeconds", "1")]);

        Assert.InRange(await LivesAsync(server.Address), TimeSpan.Zero, Bound);
    }

    [Fact]
    public async Task The_gateway_closes_a_socket_that_says_nothing_in_time()
    {
        await using var one = await StandInInstance.StartAsync("chat-1");
        await using var gateway = await GatewayUnderTest.StartAsync([one], ("Gateway:SilentTimeout", "00:00:01"));

        Assert.InRange(await LivesAsync(gateway.Address), TimeSpan.Zero, Bound);
    }

    [Fact]
    public async Task Unless_it_is_set_that_time_is_fifteen_seconds_and_a_head_takes_ten_at_most()
    {
        await using var server = await TestChatServer.StartAsync();

        var limits = server.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits;

        Assert.Equal(TimeSpan.FromSeconds(15), limits.KeepAliveTimeout + ConnectionOptions.FirstLook + TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.FromSeconds(10), limits.RequestHeadersTimeout);
    }

    private static async Task<TimeSpan> LivesAsync(Uri address)
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
        var opened = Stopwatch.GetTimestamp();

        await tcp.GetStream().CopyToAsync(Stream.Null, TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        return Stopwatch.GetElapsedTime(opened);
    }
}
