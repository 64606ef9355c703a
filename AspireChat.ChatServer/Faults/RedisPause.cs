using AspireChat.ChatServer.Backplane;
using AspireChat.ChatServer.Backplane.Redis;
using StackExchange.Redis;

namespace AspireChat.ChatServer.Faults;

/// <summary>Makes Redis stand still for a while, for everybody.</summary>
internal sealed class RedisPause(RedisSettings settings)
{
    /// <summary>Returns whether this Redis can be paused.</summary>
    /// <exception cref="BackplaneUnavailableException">Redis could not be reached.</exception>
    public async Task<bool> BeginAsync(TimeSpan duration)
    {
        // A connection of its own: those that serve clients must not be able to do such things.
        var options = settings.For("faults");
        options.AllowAdmin = true;
        await using var connection = await ConnectionMultiplexer.ConnectAsync(options);
        try
        {
            var primaries = connection.GetServers().Where(server => !server.IsReplica);
            await Task.WhenAll(primaries.Select(server => server.ExecuteAsync("CLIENT", "PAUSE", (long)duration.TotalMilliseconds, "ALL")));
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
        finally
        {
            // Without a farewell, which a paused Redis would not answer.
            await connection.CloseAsync(allowCommandsToComplete: false);
        }
    }
}
