using AspireChat.ChatServer.Protocol;

namespace AspireChat.ChatServer.Connections;

/// <summary>How connections are sent elsewhere: told first, and closed a moment later, so that what they are sending just now is still acknowledged.</summary>
internal static class Farewell
{
    /// <summary>Past the close, so that a client leaves by our close and not before it.</summary>
    private static readonly TimeSpan AfterClose = TimeSpan.FromMilliseconds(250);

    /// <summary>Over so long they come back, so that the others are not stormed.</summary>
    private static readonly TimeSpan Spread = TimeSpan.FromSeconds(1);

    /// <summary>Asks each connection to come back elsewhere, at a time of its own after the close.</summary>
    /// <param name="leaving">The connections.</param>
    /// <param name="reason">Why, as the protocol names it.</param>
    /// <param name="closedAfter">When the caller will close them.</param>
    public static void Announce(IEnumerable<ChatConnection> leaving, string reason, TimeSpan closedAfter)
    {
        foreach (var connection in leaving)
            connection.Send(ServerFrames.Reconnect(reason, closedAfter + AfterClose + Spread * Random.Shared.NextDouble()));
    }

    public static void Close(IEnumerable<ChatConnection> leaving, CloseReason reason)
    {
        foreach (var connection in leaving)
            connection.Close(reason);
    }
}
