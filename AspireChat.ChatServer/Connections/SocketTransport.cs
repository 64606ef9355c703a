using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace AspireChat.ChatServer.Connections;

/// <summary>
/// Frames are written straight to the socket, past the pipe of the web server: one system call on the writer's own thread, where the pipe needs a second
/// thread. How they are read is for the derived class to say.
/// </summary>
internal abstract class SocketTransport : FrameTransport
{
    private readonly Socket _socket;

    /// <param name="socket">The socket, whose bytes on the wire are the frames. Nothing may be under way in its pipe, now or later.</param>
    protected SocketTransport(Socket socket)
    {
        _socket = socket;
        Socket = socket.SafeHandle;

        try
        {
            // For TryWrite; asynchronous operations are as they were.
            socket.Blocking = false;
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The peer is gone already; whoever reads or writes finds out.
        }
    }

    public override SafeHandle? Socket { get; }

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

    private static IOException Broken(Exception exception) => new("The connection is broken.", exception);
}
