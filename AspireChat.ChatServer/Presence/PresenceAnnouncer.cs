using AspireChat.ChatServer.Backplane;

namespace AspireChat.ChatServer.Presence;

/// <summary>Tells rooms who joined and who left, over the backplane in use.</summary>
/// <param name="user">Lazy: the rooms that use the backplane use presence, too.</param>
internal sealed class PresenceAnnouncer(Lazy<IBackplaneUser> user)
{
    /// <summary>Whether presence is that of all instances; in mode local, it is that of this one.</summary>
    public bool Shared => user.Value.Current.Mode != BackplaneMode.Local;

    /// <summary>Tells the room, in this order. Best effort.</summary>
    public async ValueTask TellAsync(string room, IReadOnlyList<RoomSignal> signals)
    {
        if (signals.Count == 0)
            return;

        // Started one after the other and awaited together: the backplane keeps the order.
        var backplane = user.Value.Current;
        var sending = new Task[signals.Count];
        for (var i = 0; i < sending.Length; i++)
            sending[i] = backplane.SignalAsync(room, signals[i], CancellationToken.None).AsTask();
        await Task.WhenAll(sending);
    }
}
