using AspireChat.ChatServer.Backplane;
using AspireChat.ChatServer.History;
using AspireChat.ChatServer.Protocol;

namespace AspireChat.ChatServer.Rooms;

/// <summary>Finds where a newcomer begins in a room's stream: after the last message it took, all or nothing, or with recent history.</summary>
internal sealed class Recovery(TimeProvider time)
{
    /// <summary>
    /// A read that is shared may have begun before the message that a client has just taken elsewhere was stored. So a position that it does not reach is
    /// looked up again, until no shared read can be that old.
    /// </summary>
    private const int Looks = 4;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);

    /// <returns>Null for the top of the room with what its tail holds.</returns>
    /// <exception cref="BackplaneUnavailableException">Redis could not be reached in time.</exception>
    public async ValueTask<JoinStart?> FindStartAsync(IRoomHistory? history, Room room, JoinRequest request)
    {
        if (history is null)
        {
            return null;
        }

        if (request.Since is { } since && (room.Admission.FindInTail(since) ?? await RecoverAsync(history, room, since)) is { } recovered)
        {
            return recovered;
        }

        if (room.Admission.HoldsRecent(request.History))
        {
            return null;
        }

        var page = await history.ReadNewestAsync(room.Name, request.History, CancellationToken.None);
        return new JoinStart(new StreamPosition(page.Epoch, page.Top), MessageBounds.Newest(room.Encoder.Encode(page.Messages)), Recovered: false);
    }

    private async Task<JoinStart?> RecoverAsync(IRoomHistory history, Room room, ResumePoint since)
    {
        for (var look = 1; ; look++)
        {
            if (since.Id is not null && since.Position.Offset > 0)
            {
                // From one before, so that the message itself is read, and can be compared.
                var before = since.Position with { Offset = since.Position.Offset - 1 };
                var compared = await history.ReadAfterAsync(room.Name, before, WireProtocol.MaxMessagesAtOnce, CancellationToken.None);
                if (compared.Continues(before) && compared.Messages is [var own, ..])
                {
                    return MessageBody.IsOf(own.Body.Span, since.Id, since.Name!) ? Start(room, since.Position, compared.Messages.Skip(1).ToArray()) : null;
                }
            }

            var page = await history.ReadAfterAsync(room.Name, since.Position, WireProtocol.MaxMessagesAtOnce, CancellationToken.None);
            if (page.Continues(since.Position))
            {
                return Start(room, since.Position, page.Messages);
            }

            if (look == Looks || (page.Epoch == since.Position.Epoch && page.First > since.Position.Offset + 1))
            {
                return null;
            }

            await Task.Delay(BetweenLooks, time);
        }
    }

    private static JoinStart Start(Room room, StreamPosition since, IReadOnlyList<RoomMessage> missed)
    {
        var messages = MessageBounds.Oldest(room.Encoder.Encode(missed));
        return new JoinStart(since with { Offset = since.Offset + messages.Length }, messages, Recovered: true);
    }
}
