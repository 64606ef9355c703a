using AspireChat.ChatServer.Backplane;
using AspireChat.ChatServer.Backplane.Redis;
using StackExchange.Redis;

namespace AspireChat.ChatServer.Faults;

/// <summary>What can happen to Redis itself, and so to everybody.</summary>
internal sealed class RedisFaults(RedisSettings settings)
{
    /// <summary>Makes it stand still for a while. Returns whether this Redis can be paused.</summary>
    /// <exception cref="BackplaneUnavailableException">Redis could not be reached.</exception>
    public Task<bool> PauseAsync(TimeSpan duration) => OnPrimariesAsync(server => server.ExecuteAsync("CLIENT", "PAUSE", (long)duration.TotalMilliseconds, "ALL"));

    /// <summary>Deletes all that it has.</summary>
    /// <exception cref="BackplaneUnavailableException">Redis could not be reached.</exception>
    public Task<bool> FlushAsync() => OnPrimariesAsync(server => server.FlushAllDatabasesAsync());

    private async Task<bool> OnPrimariesAsync(Func<IServer, Task> act)
    {
        // A connection of its own: those that serve clients must not be able to do such things.
        var options = settings.For("faults");
        options.AllowAdmin = true;
        await using var connection = await ConnectionMultiplexer.ConnectAsync(options);
        try
        {
            await Task.WhenAll(connection.GetServers().Where(server => !server.IsReplica).Select(act));
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
