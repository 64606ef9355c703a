using StackExchange.Redis;

namespace AspireChat.ChatServer.Backplane;

internal static partial class BackplaneLog
{
    [LoggerMessage(LogLevel.Warning, "The connection {Connection} to Redis was lost: {Reason}.")]
    public static partial void ConnectionLost(this ILogger logger, string? connection, ConnectionFailureType reason);

    [LoggerMessage(LogLevel.Information, "The connection {Connection} to Redis is back.")]
    public static partial void ConnectionRestored(this ILogger logger, string? connection);

    [LoggerMessage(LogLevel.Debug, "The connection {Connection} could not look anew what the cluster is like.")]
    public static partial void NotRefreshed(this ILogger logger, string? connection, Exception exception);

    [LoggerMessage(LogLevel.Information, "The cluster has {Count} shards; their primaries: {Primaries}.")]
    public static partial void ShardsChanged(this ILogger logger, int count, string primaries);

    [LoggerMessage(LogLevel.Debug, "The channel {Channel} is subscribed on another node of the cluster than before.")]
    public static partial void ChannelMoved(this ILogger logger, string channel);

    [LoggerMessage(LogLevel.Warning, "The primary of {Service} is now {Place}, by Sentinel: connecting there.")]
    public static partial void PrimaryMoved(this ILogger logger, string service, string? place);

    [LoggerMessage(LogLevel.Warning, "No sentinel tells where the primary of {Service} is. Check that they are reached and watch over one of this name.")]
    public static partial void PrimaryUnknown(this ILogger logger, string service);

    [LoggerMessage(LogLevel.Debug, "The sentinel {Sentinel} did not tell where the primary is.")]
    public static partial void SentinelSilent(this ILogger logger, string? sentinel, Exception exception);

    [LoggerMessage(LogLevel.Debug, "A former connection {Connection} to Redis did not close in good order.")]
    public static partial void ConnectionNotClosed(this ILogger logger, string? connection, Exception exception);

    [LoggerMessage(LogLevel.Warning, "Redis did not take all subscriptions; the rest follow when it answers.")]
    public static partial void NotAllSubscribed(this ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Debug, "There is no link yet to subscribe on; it is done when there is.")]
    public static partial void NotYetSubscribed(this ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Debug, "Redis did not confirm the end of the subscription to {Channel}.")]
    public static partial void NotUnsubscribed(this ILogger logger, string channel, Exception exception);

    [LoggerMessage(LogLevel.Error, "A message of {Channel} could not be handled.")]
    public static partial void ListenerFailed(this ILogger logger, string channel, Exception exception);

    [LoggerMessage(LogLevel.Warning, "Redis does not take publications; senders are told to retry.")]
    public static partial void PublishingFails(this ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Information, "Redis takes publications again.")]
    public static partial void PublishingWorks(this ILogger logger);

    [LoggerMessage(LogLevel.Warning, "The stream of room {Room} belongs to a later switch of the mode than this instance follows (version {Version}); its publications are refused until it follows.")]
    public static partial void Superseded(this ILogger logger, string room, long version);

    [LoggerMessage(LogLevel.Warning, "The stream of room {Room} could not go on at offset {Offset} ({Reason}): it begins anew, and its members are told.")]
    public static partial void ContinuityLost(this ILogger logger, string room, long offset, string reason);

    [LoggerMessage(LogLevel.Debug, "The stream of room {Room} is read from offset {Offset} on ({Reason}).")]
    public static partial void Repairing(this ILogger logger, string room, long offset, string reason);

    [LoggerMessage(LogLevel.Error, "The upkeep of the rooms' streams failed and goes on.")]
    public static partial void UpkeepFailed(this ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Warning, "The delivery probe went unheard {Count} times: the {Connections} is rebuilt.")]
    public static partial void ProbeUnheard(this ILogger logger, int count, string connections);

    [LoggerMessage(LogLevel.Warning, "The shard of {Primary} neither takes nor brings anything: its rooms stand still until it is back or another node has taken over.")]
    public static partial void ShardAway(this ILogger logger, string? primary);

    [LoggerMessage(LogLevel.Information, "The delivery probe is heard.")]
    public static partial void ProbeHeard(this ILogger logger);

    [LoggerMessage(LogLevel.Error, "The connections to Redis could not be rebuilt.")]
    public static partial void RebuildFailed(this ILogger logger, Exception exception);
}
