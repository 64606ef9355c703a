using StackExchange.Redis;

namespace AspireChat.ChatServer.Backplane.Redis;

/// <summary>Publishing on channels, by the publisher and never by the subscriber's connection.</summary>
internal static class RedisChannels
{
    /// <remarks>By a primary alone: a replica would take it, and hand it to nobody but its own subscribers.</remarks>
    /// <returns>How many subscribers Redis handed it to; of one Redis, not of a cluster.</returns>
    public static Task<long> PublishAsync(RedisConnections redis, string channel, byte[] message) =>
        redis.Publisher.GetSubscriber().PublishAsync(RedisChannel.Literal(channel), message, CommandFlags.DemandMaster);
}
