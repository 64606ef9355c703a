using System.Net;
using System.Net.Sockets;
using System.Text;
using AspireChat.Tests.ChatServers;

namespace AspireChat.Tests.Connections.Direct;

/// <summary>A chat server that takes upgrades before the web server, and the bytes to ask it with.</summary>
internal static class DirectServer
{
    public const string Plain = "GET /ws HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

    /// <summary>Made by the web server's meter, at which requests that it has upgraded itself show.</summary>
    public const string Upgraded = "kestrel.upgraded_connections";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static Task<TestChatServer> StartAsync() => TestChatServer.StartAsync(settings: ("Chat:Transport", "direct"));

    public static async Task<TcpClient> ConnectAsync(TestChatServer server)
    {
        var tcp = new TcpClient { NoDelay = true };
        await tcp.ConnectAsync(IPAddress.Loopback, server.Address.Port, Cancellation);
        return tcp;
    }

    public static async Task SendAsync(TcpClient tcp, string text) => await tcp.GetStream().WriteAsync(Encoding.Latin1.GetBytes(text), Cancellation);
}
