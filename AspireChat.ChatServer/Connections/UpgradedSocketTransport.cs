using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;

namespace AspireChat.ChatServer.Connections;

/// <summary>An upgraded request that is written to by its socket, and read through its stream as ever.</summary>
internal sealed class UpgradedSocketTransport(FrameTransport upgraded, Socket socket) : SocketTransport(socket)
{
    /// <summary>The socket of a request whose bytes on the wire are those of its stream: plain HTTP/1.1; null for TLS and HTTP/2.</summary>
    public static Socket? SocketOf(HttpContext context) =>
        HttpProtocol.IsHttp11(context.Request.Protocol) && context.Features.Get<ITlsHandshakeFeature>() is null
            ? context.Features.Get<IConnectionSocketFeature>()?.Socket
            : null;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer) => upgraded.ReadAsync(buffer);

    public override void Abort() => upgraded.Abort();
}
