using System.Buffers;
using System.Net.WebSockets;
using AspireChat.Client.Protocol;

namespace AspireChat.Client.Connections;

/// <summary>Reads whole frames from a WebSocket, through one buffer that grows with the largest of them.</summary>
internal sealed class FrameReader(int maxFrameBytes)
{
    private const int Chunk = 16 * 1024;

    private readonly ArrayBufferWriter<byte> _buffer = new(Chunk);

    /// <summary>The next frame; null when the server has closed.</summary>
    /// <exception cref="ChatProtocolException">It cannot be read.</exception>
    public async ValueTask<ServerFrame?> ReadAsync(WebSocket socket, CancellationToken cancellationToken)
    {
        _buffer.ResetWrittenCount();
        while (true)
        {
            var received = await socket.ReceiveAsync(_buffer.GetMemory(Chunk), cancellationToken).ConfigureAwait(false);
            if (received.MessageType == WebSocketMessageType.Close)
                return null;

            if (received.MessageType == WebSocketMessageType.Binary)
                throw new ChatProtocolException("The server sent a binary frame; the protocol has text frames only.");

            _buffer.Advance(received.Count);
            if (_buffer.WrittenCount > maxFrameBytes)
                throw new ChatProtocolException($"The server sent a frame of more than {maxFrameBytes} bytes, the limit of {nameof(ChatClientOptions.MaxFrameBytes)}.");

            if (received.EndOfMessage)
                return FrameJson.Read(_buffer.WrittenSpan);
        }
    }
}
