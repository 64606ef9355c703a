using System.Diagnostics;
using AspireChat.ChatServer.Backplane;
using AspireChat.ChatServer.Connections;
using AspireChat.ChatServer.Protocol;

namespace AspireChat.ChatServer.Rooms;

/// <summary>Takes the rooms and the connections of this instance from one backplane to the next.</summary>
internal sealed class RoomSwitch(ActiveBackplane active, RoomDirectory rooms, ConnectionDirectory connections, ILogger<RoomSwitch> logger) : IBackplaneUser
{
    public IBackplane Current => active.Current;

    public async ValueTask SwitchAsync(IBackplane next, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        await active.CloseAsync(cancellationToken);
        var moved = 0;
        try
        {
            // Before any room's resync, which is told in the new mode.
            connections.SendToAll(ServerFrames.Backplane(next.Mode));
            moved = await rooms.MoveAsync(next, cancellationToken);
        }
        finally
        {
            active.Open(next);
        }

        logger.Switched(next.Mode.Name(), moved, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
    }
}
