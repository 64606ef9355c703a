namespace AspireChat.ChatServer.Rooms;

internal static partial class RoomsLog
{
    [LoggerMessage(LogLevel.Warning, "A member of room {Room} missed more than its history keeps while it was catching up; it was told by a resync.")]
    public static partial void ReplayLost(this ILogger logger, string room);

    [LoggerMessage(LogLevel.Error, "The replay of room {Room} to connection {Connection} failed; the connection is dropped and can resume.")]
    public static partial void ReplayFailed(this ILogger logger, string room, string connection, Exception exception);

    [LoggerMessage(LogLevel.Warning, "Room {Room} could not be subscribed on the backplane {Mode}; it is tried again each second.")]
    public static partial void SubscribeFailed(this ILogger logger, string room, string mode, Exception exception);

    [LoggerMessage(LogLevel.Warning, "Room {Room} could not be unsubscribed in order.")]
    public static partial void UnsubscribeFailed(this ILogger logger, string room, Exception exception);

    [LoggerMessage(LogLevel.Information, "The backplane was switched to {Mode}; {Rooms} rooms followed in {Milliseconds:0} ms.")]
    public static partial void Switched(this ILogger logger, string mode, int rooms, double milliseconds);

    [LoggerMessage(LogLevel.Error, "Looking after the rooms failed; it goes on.")]
    public static partial void SweepFailed(this ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Error, "Publishing to room {Room} failed in a way that a backplane must not; its sender was told that it is unavailable.")]
    public static partial void PublishFailed(this ILogger logger, string room, Exception exception);

    [LoggerMessage(LogLevel.Warning, "Presence of room {Room} could not be kept up; reconciliation will mend it.")]
    public static partial void PresenceFailed(this ILogger logger, string room, Exception exception);
}
