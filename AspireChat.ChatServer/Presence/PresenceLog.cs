namespace AspireChat.ChatServer.Presence;

internal static partial class PresenceLog
{
    [LoggerMessage(LogLevel.Debug, "A room's presence could not be written to Redis; it is tried again.")]
    public static partial void PresenceNotWritten(this ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Error, "A room's presence could not be written; it is tried again.")]
    public static partial void PresenceWriteBroken(this ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Warning, "Redis does not have the presence of {Rooms} rooms right; they are tried again at the next reconciliation.")]
    public static partial void PresenceBehind(this ILogger logger, int rooms);
}
