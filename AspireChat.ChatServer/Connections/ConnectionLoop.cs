using AspireChat.ChatServer.Protocol;
using AspireChat.ChatServer.Rooms;
using AspireChat.ChatServer.WebSockets;

namespace AspireChat.ChatServer.Connections;

/// <summary>Reads what a connection sends, frame by frame and in order, until it ends; then takes it out of its rooms.</summary>
internal sealed class ConnectionLoop(FrameHandler handler, RoomJoiner joiner, ILogger<ConnectionLoop> logger)
{
    /// <summary>How much is read and thrown away after a close was sent, so that the close arrives: unread bytes would reset the socket before it.</summary>
    private const int MaxDiscardedBytes = 1024 * 1024;

    public async Task RunAsync(ChatConnection connection, FrameTransport transport)
    {
        var reader = new FrameReader(WireProtocol.MaxFrameBytes);
        try
        {
            await ReadAsync(connection, transport, reader);
            await connection.Outbound.WhenEnded();
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // The peer is gone without a close, or was given up.
        }
        catch (Exception exception)
        {
            logger.Failed(connection.Id, exception);
        }
        finally
        {
            reader.Release();
            connection.Outbound.Abandon();
            await LeaveAllAsync(connection);
        }
    }

    /// <summary>Returns when the peer has closed, in answer to our close or of itself.</summary>
    private async Task ReadAsync(ChatConnection connection, FrameTransport transport, FrameReader reader)
    {
        var discarded = 0;
        while (true)
        {
            if (reader.IsEmpty)
            {
                reader.Release();
                await transport.ReadAsync(Memory<byte>.Empty);
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

            if (await HandleAsync(connection, reader))
            {
                return;
            }
        }
    }

    /// <returns>Whether the peer has closed.</returns>
    private async ValueTask<bool> HandleAsync(ChatConnection connection, FrameReader reader)
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
                    await handler.HandleAsync(connection, payload);
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
                    // What follows cannot be told apart any more, a close neither.
                    connection.Close(CloseReason.BrokenFrame);
                    await connection.Outbound.WhenEnded();
                    return true;
            }
        }
    }

    private static CloseReason AnswerTo(ReadOnlySpan<byte> payload) =>
        !ClosePayload.TryRead(payload, out var code) ? CloseReason.BrokenFrame
        : code == ClosePayload.NoCode ? CloseReason.Normal
        : CloseReason.Normal.Echo(code);

    private async Task LeaveAllAsync(ChatConnection connection)
    {
        try
        {
            await Task.WhenAll(connection.Rooms.Values.Select(joiner.LeaveAsync));
        }
        catch (Exception exception)
        {
            logger.Failed(connection.Id, exception);
        }

        connection.Rooms.Clear();
    }
}
