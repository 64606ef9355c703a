using AspireChat.ChatServer.Protocol;
using AspireChat.ChatServer.WebSockets;

namespace AspireChat.ChatServer.Connections;

/// <summary>Reads what a connection sends, frame by frame and in order, until it ends.</summary>
internal sealed class ConnectionLoop(FrameHandler handler)
{
    /// <summary>How much is read and thrown away after a close was sent, so that the close arrives: unread bytes would reset the socket before it.</summary>
    private const int MaxDiscardedBytes = 1024 * 1024;

    /// <summary>Returns when the peer has closed, in answer to our close or of itself.</summary>
    public async Task RunAsync(ChatConnection connection, FrameTransport transport)
    {
        FrameReader? reader = null;
        try
        {
            var discarded = 0;
            while (true)
            {
                if (reader is null or { IsEmpty: true })
                {
                    // A quiet connection holds nothing for what may come.
                    reader?.Release();
                    reader = null;
                    await transport.ReadAsync(Memory<byte>.Empty);
                    reader = new FrameReader(WireProtocol.MaxFrameBytes);
                }

                var count = await transport.ReadAsync(reader.GetMemory());
                if (count == 0)
                {
                    connection.Outbound.Abandon();
                    return;
                }

                connection.Heard();
                reader.Advance(count);
                if (connection.Closing is not null && (discarded += count) > MaxDiscardedBytes)
                {
                    connection.Abort();
                    return;
                }

                if (await HandleAsync(connection, transport, reader))
                {
                    return;
                }
            }
        }
        finally
        {
            reader?.Release();
        }
    }

    /// <returns>Whether the peer has closed.</returns>
    private async ValueTask<bool> HandleAsync(ChatConnection connection, FrameTransport transport, FrameReader reader)
    {
        while (true)
        {
            if (connection.Closing is not null)
            {
                reader.SkipToClose();
            }

            switch (reader.Read(out var payload))
            {
                case ReceivedKind.None:
                    return false;
                case ReceivedKind.Text:
                    await HandleAsync(connection, handler.HandleAsync(connection, payload));
                    break;
                case ReceivedKind.Ping:
                    connection.Send(ServerFrame.Pong(payload.Span));
                    break;
                case ReceivedKind.Pong:
                    break;
                case ReceivedKind.Close:
                    connection.Close(AnswerTo(payload.Span));
                    return true;
                case ReceivedKind.Binary:
                    connection.Close(CloseReason.BinaryFrame);
                    break;
                case ReceivedKind.TooBig:
                    connection.Close(CloseReason.FrameTooBig);
                    break;
                case ReceivedKind.NotUtf8:
                    connection.Close(CloseReason.InvalidText);
                    break;
                case ReceivedKind.Broken:
                    connection.Close(CloseReason.BrokenFrame);
                    await DiscardAsync(connection, transport, reader);
                    return true;
            }
        }
    }

    /// <summary>
    /// Reads to the end what cannot be told apart any more, a close neither. A peer that waits for the end instead of making it is cut off as one that does not
    /// answer.
    /// </summary>
    private static async Task DiscardAsync(ChatConnection connection, FrameTransport transport, FrameReader reader)
    {
        var discarded = 0;
        while (await transport.ReadAsync(reader.GetMemory()) is > 0 and var count)
        {
            if ((discarded += count) > MaxDiscardedBytes)
            {
                connection.Abort();
                return;
            }
        }
    }

    /// <summary>Waits for a frame to be handled. Nothing is read meanwhile: that nothing was heard is not the peer's doing.</summary>
    private static ValueTask HandleAsync(ChatConnection connection, ValueTask handling)
    {
        return handling.IsCompletedSuccessfully ? ValueTask.CompletedTask : AwaitAsync();

        async ValueTask AwaitAsync()
        {
            await handling;
            connection.Heard();
        }
    }

    private static CloseReason AnswerTo(ReadOnlySpan<byte> payload) =>
        !ClosePayload.TryRead(payload, out var code) ? CloseReason.BrokenFrame
        : code == ClosePayload.NoCode ? CloseReason.Normal
        : CloseReason.Normal.Echo(code);
}
