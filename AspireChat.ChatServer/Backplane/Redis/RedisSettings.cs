using StackExchange.Redis;

namespace AspireChat.ChatServer.Backplane.Redis;

/// <summary>How this instance connects to Redis.</summary>
/// <param name="ConnectionString">As StackExchange.Redis reads it; what it says of timeouts counts less than what is said here.</param>
/// <param name="ClientName">How the instance's connections are called in <c>CLIENT LIST</c>.</param>
internal sealed record RedisSettings(string ConnectionString, string ClientName)
{
    public ConfigurationOptions For(string role)
    {
        var options = ConfigurationOptions.Parse(ConnectionString);
        options.ClientName = $"{ClientName}.{role}";

        // A Redis that is away at the start is connected once it is there.
        options.AbortOnConnectFail = false;
        options.ReconnectRetryPolicy = new LinearRetry(100);
        options.ConnectTimeout = 1_500;

        // An answer within 2 s, whatever Redis does: what cannot be sent fails at once, what is not answered after 1.5 s, seen by the next heartbeat.
        // A command that waited for a connection would be sent much later, when its caller has long given up.
        options.BacklogPolicy = BacklogPolicy.FailFast;
        options.AsyncTimeout = 1_500;
        options.SyncTimeout = 1_500;
        options.HeartbeatInterval = TimeSpan.FromMilliseconds(200);
        options.IncludeDetailInExceptions = false;

        // Neither is used here, and each costs a subscription or a read on every connect.
        options.ConfigurationChannel = "";
        options.TieBreaker = "";
        return options;
    }
}
