using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using AspireChat.ChatServer.Connections;
using AspireChat.ChatServer.Rooms;
using AspireChat.ChatServer.WebSockets;

namespace AspireChat.Tests.Connections;

/// <summary>Both ends of a TCP connection: a member's outbound queue at the one, and whoever reads its frames at the other.</summary>
internal sealed class SocketPeer : IDisposable
{
    private readonly TcpClient _client;

    private SocketPeer(TcpClient client, Socket server)
    {
        (_client, Server) = (client, server);
        Queue = new OutboundQueue(new UpgradedSocketTransport(new ManualTransport(), server), maxBytes: 64 * 1024 * 1024, TimeProvider.System);
    }

    public Socket Server { get; }

    public OutboundQueue Queue { get; }

    /// <summary>The queue asks nothing of it but its state.</summary>
    public Membership Member { get; } = new(null!, null!, "ada", wantsPresence: false) { State = MembershipState.Live };

    public static async Task<SocketPeer> ConnectAsync(TcpListener listener)
    {
        var client = new TcpClient();
        var accepting = listener.AcceptSocketAsync();
        await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint);
        return new SocketPeer(client, await accepting);
    }

    public bool Claim(ServerFrame frame, out byte[] frames)
    {
        frames = frame.Bytes;
        Queue.TryClaim(frames, Member, out var claimed);
        return claimed;
    }

    /// <summary>The payload of the next frame.</summary>
    public async Task<string> ReadAsync()
    {
        var header = await ReadAsync(2);
        var length = header[1] switch
        {
            126 => BinaryPrimitives.ReadUInt16BigEndian(await ReadAsync(2)),
            127 => (int)BinaryPrimitives.ReadUInt64BigEndian(await ReadAsync(8)),
            var small => small,
        };
        return Encoding.UTF8.GetString(await ReadAsync(length));
    }

    public void Dispose()
    {
        _client.Dispose();
        Server.Dispose();
    }

    private async Task<byte[]> ReadAsync(int length)
    {
        var bytes = new byte[length];
        await _client.GetStream().ReadExactlyAsync(bytes, TestContext.Current.CancellationToken);
        return bytes;
    }
}
