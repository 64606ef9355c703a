using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace AspireChat.ChatServer.Connections;

/// <summary>
/// The bytes of one socket, both ways: all that a connection knows of it. One reader and one writer at a time; frames are made and taken apart above it.
/// </summary>
internal abstract class FrameTransport
{
    /// <summary>
    /// Reads what is there, at least a byte. With an empty buffer it waits until something is there and returns 0, so that a quiet connection holds
    /// no memory for what may come.
    /// </summary>
    /// <returns>The number of bytes; 0 for a buffer that is not empty means that the peer has ended its side.</returns>
    /// <exception cref="IOException">The socket is broken or was aborted.</exception>
    public abstract ValueTask<int> ReadAsync(Memory<byte> buffer);

    /// <summary>Writes what the socket takes at once; never while a write is under way.</summary>
    /// <returns>How many bytes it took. 0, if it was none of them or this transport can only wait: the rest is for <see cref="WriteAsync"/>.</returns>
    /// <exception cref="IOException">The socket is broken or was aborted.</exception>
    public virtual int TryWrite(ReadOnlySpan<byte> bytes) => 0;

    /// <summary>
    /// The socket, for whoever writes to many at once as <see cref="TryWrite"/> does to one; null where the bytes on the wire are not those that are written.
    /// </summary>
    public virtual SafeHandle? Socket => null;

    /// <summary>Gives <see cref="Socket"/>, kept open for the caller, who gives it back by <see cref="SafeHandle.DangerousRelease"/>.</summary>
    /// <returns>False where there is none to be had, or not any more: writing the ordinary way finds out what is so.</returns>
    public bool TryLendSocket([NotNullWhen(true)] out SafeHandle? socket)
    {
        var lent = false;
        socket = Socket;
        try
        {
            socket?.DangerousAddRef(ref lent);
        }
        catch (ObjectDisposedException)
        {
        }

        socket = lent ? socket : null;
        return lent;
    }

    /// <summary>Writes all of it, and returns once the socket's own buffer has taken it.</summary>
    /// <exception cref="IOException">The socket is broken or was aborted.</exception>
    public abstract ValueTask WriteAsync(ReadOnlyMemory<byte> bytes);

    /// <summary>Ends the socket at once. A read or write under way fails; what was written and not sent is lost.</summary>
    public abstract void Abort();
}
