using AspireChat.ChatServer.Backplane;
using StackExchange.Redis;

namespace AspireChat.ChatServer.Faults;

/// <summary>Makes Redis stand still for a while, for everybody.</summary>
internal sealed class RedisPause(RedisConnections redis)
{
    /// <summary>Returns whether this Redis can be paused. It answers nobody while it is, so its word is awaited for a moment only.</summary>
    /// <exception cref="BackplaneUnavailableException">Redis could not be reached.</exception>
    public async Task<bool> BeginAsync(TimeSpan duration)
    {
        try
        {
            var milliseconds = (long)duration.TotalMilliseconds;
            await Task.WhenAll(redis.Publisher.GetServers().Where(server => !server.IsReplica).Select(server => server.ExecuteAsync("CLIENT", ["PAUSE", milliseconds, "ALL"])));
            return true;
        }
        catch (RedisServerException)
        {
            return false;
        }
        catch (Exception exception) when (RedisTrouble.Explains(exception))
        {
            throw new BackplaneUnavailableException("Redis could not be reached.", exception);
        }
    }
}
