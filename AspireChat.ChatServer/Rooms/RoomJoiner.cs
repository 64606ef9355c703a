using AspireChat.ChatServer.Backplane;
using AspireChat.ChatServer.Connections;
using AspireChat.ChatServer.Presence;
using AspireChat.ChatServer.Telemetry;

namespace AspireChat.ChatServer.Rooms;

/// <summary>Takes connections into rooms and out of them.</summary>
internal sealed class RoomJoiner(
    ActiveBackplane active,
    RoomDirectory rooms,
    Recovery recovery,
    IRoomPresence presence,
    ChatTelemetry telemetry,
    TimeProvider time,
    ILogger<RoomJoiner> logger)
{
    /// <summary>History may be read a moment before or after the room hears of a new epoch; so often it is read again.</summary>
    private const int Attempts = 3;
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromMilliseconds(50);

    /// <summary>Joins, and answers with <c>joined</c>.</summary>
    /// <returns>Completes when the answer is written.</returns>
    /// <exception cref="BackplaneUnavailableException">Redis could not be reached in time; nothing is left behind.</exception>
    public async Task JoinAsync(ChatConnection connection, JoinRequest request)
    {
        Task written;
        using (var use = await active.UseAsync(CancellationToken.None))
        {
            // Subscribe before reading history, else messages between the two are lost.
            var room = await rooms.EnterAsync(request.Room, use.Backplane, CancellationToken.None);
            var member = new Membership(room, connection, request.Name, request.WantsPresence);
            try
            {
                written = await AttachAsync(member, request, use.Backplane);
                connection.Rooms.Add(member);
            }
            catch
            {
                await LeaveAsync(member);
                throw;
            }
        }

        // What was asked for does not count in the bound of what waits for the peer; that it is waited for here bounds it instead.
        await written;
    }

    /// <summary>Takes a member out of its room, here and for the others.</summary>
    public async Task LeaveAsync(Membership member)
    {
        member.Room.Admission.Remove(member);
        rooms.Exit(member.Room);
        try
        {
            await presence.LeftAsync(member.Room.Name, member.Name, CancellationToken.None);
        }
        catch (BackplaneUnavailableException exception)
        {
            logger.PresenceFailed(member.Room.Name, exception);
        }
    }

    private async Task<Task> AttachAsync(Membership member, JoinRequest request, IBackplane backplane)
    {
        var arriving = ArriveAsync(member);
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                var start = await recovery.FindStartAsync(backplane.History, member.Room, request);
                var members = await arriving;
                var written = start is { } found
                    ? member.Room.Admission.Attach(member, found, members)
                    : member.Room.Admission.AttachAtTop(member, request.History, members, whateverIsHere: false);
                if (written is null && attempt == Attempts)
                {
                    start = null;
                    written = member.Room.Admission.AttachAtTop(member, request.History, members, whateverIsHere: true);
                }

                if (written is not null)
                {
                    telemetry.Joined(request.Since is not null, start is { Recovered: true });
                    return written;
                }

                await Task.Delay(BetweenAttempts, time);
            }
        }
        finally
        {
            // Whoever undoes a failed join must not overtake its beginning.
            await arriving;
        }
    }

    /// <summary>Joins the room's presence first, and asks who is there then, so that the newcomer is among them.</summary>
    private async Task<RoomMembers> ArriveAsync(Membership member)
    {
        try
        {
            await presence.JoinedAsync(member.Room.Name, member.Name, CancellationToken.None);
            return await presence.ReadAsync(member.Room.Name, CancellationToken.None);
        }
        catch (BackplaneUnavailableException exception)
        {
            logger.PresenceFailed(member.Room.Name, exception);
            return new RoomMembers([new RoomMember(member.Name, 1)], 1);
        }
    }
}
