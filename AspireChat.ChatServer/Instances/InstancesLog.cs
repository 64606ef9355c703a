namespace AspireChat.ChatServer.Instances;

internal static partial class InstancesLog
{
    [LoggerMessage(LogLevel.Warning, "Redis does not take this instance's heartbeat; it is tried again each second.")]
    public static partial void BeatFailed(this ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Information, "Redis takes this instance's heartbeat again.")]
    public static partial void HeardAgain(this ILogger logger);

    [LoggerMessage(LogLevel.Warning, "This instance's lease had ended before it could be renewed: others may have taken it for dead. Its presence is written again.")]
    public static partial void LeaseLapsed(this ILogger logger);

    [LoggerMessage(LogLevel.Error, "Another instance has been started under the name '{Instance}' and takes this one's place: this one sends its connections away, and stays unready until it is stopped. If both are to run, give each a name of its own (Chat__Instance).")]
    public static partial void Superseded(this ILogger logger, string instance);

    [LoggerMessage(LogLevel.Warning, "This instance's lease could not be ended; it ends by itself.")]
    public static partial void LeaseNotEnded(this ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Warning, "Clearing up after {Incarnation} failed; it will be taken on again.")]
    public static partial void ClearingFailed(this ILogger logger, string incarnation, Exception exception);

    [LoggerMessage(LogLevel.Information, "Cleared up after {Incarnation}, whose lease had ended.")]
    public static partial void ClearedUp(this ILogger logger, string incarnation);

    [LoggerMessage(LogLevel.Debug, "The channel of notices between instances could not be subscribed; it is tried again each second.")]
    public static partial void NoticesNotSubscribed(this ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Debug, "The notice {Topic} did not reach the other instances; they look by themselves within a second or so.")]
    public static partial void NoticeNotTold(this ILogger logger, string topic, Exception exception);
}
