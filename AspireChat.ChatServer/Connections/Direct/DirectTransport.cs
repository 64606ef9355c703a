using System.Buffers;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace AspireChat.ChatServer.Connections.Direct;

/// <summary>A socket that is read from as the web server receives it, without a request in between.</summary>
internal sealed class DirectTransport(ConnectionContext connection, Socket socket) : SocketTransport(socket)
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer)
    {
        try
        {
            var input = connection.Transport.Input;
            var result = await input.ReadAsync();
            if (result.IsCanceled)
            {
                throw new OperationCanceledException();
            }

            var count = (int)Math.Min(buffer.Length, result.Buffer.Length);
            var taken = result.Buffer.Slice(0, count);
            taken.CopyTo(buffer.Span);
            input.AdvanceTo(taken.End);
            return count;
        }
        catch (OperationCanceledException exception)
        {
            throw new IOException("The connection was aborted.", exception);
        }
    }

    public override void Abort() => connection.Abort();
}
