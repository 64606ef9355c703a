using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Connections.Features;

namespace AspireChat.ChatServer.Connections;

/// <summary>
/// An upgraded request whose frames are written straight to its socket, past the pipe in between: one system call on the writer's own thread, where the
/// pipe needs a second thread. Read through the stream as ever.
/// </summary>
internal sealed class SocketTransport : FrameTransport
{
    private readonly FrameTransport _upgraded;
    private readonly Socket _socket;

    /// <param name="upgraded">The request. Nothing may be under way in its pipe, now or later.</param>
    /// <param name="socket">Its socket.</param>
    public SocketTransport(FrameTransport upgraded, Socket socket)
    {
        (_upgraded, _socket) = (upgraded, socket);

        // For TryWrite; asynchronous operations are as they were.
        socket.Blocking = false;
    }

    /// <summary>The socket of a request whose bytes on the wire are those of its stream: plain HTTP/1.1; null for TLS and HTTP/2.</summary>
    public static Socket? SocketOf(HttpContext context) =>
        HttpProtocol.IsHttp11(context.Request.Protocol) && context.Features.Get<ITlsHandshakeFeature>() is null
            ? context.Features.Get<IConnectionSocketFeature>()?.Socket
            : null;

    public override SafeHandle? Socket => _socket.SafeHandle;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer) => _upgraded.ReadAsync(buffer);

    public override int TryWrite(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var written = _socket.Send(bytes, SocketFlags.None, out var error);
            return error switch
            {
                SocketError.Success => written,
                SocketError.WouldBlock => 0,
                _ => throw Broken(new SocketException((int)error)),
            };
        }
        catch (ObjectDisposedException exception)
        {
            throw Broken(exception);
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            while (!bytes.IsEmpty)
            {
                bytes = bytes[await _socket.SendAsync(bytes)..];
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            throw Broken(exception);
        }
    }

    public override void Abort() => _upgraded.Abort();

    private static IOException Broken(Exception exception) => new("The connection is broken.", exception);
}
