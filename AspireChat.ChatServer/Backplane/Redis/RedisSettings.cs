using StackExchange.Redis;

namespace AspireChat.ChatServer.Backplane.Redis;

/// <summary>How this instance connects to Redis.</summary>
/// <param name="ConnectionString">
/// As StackExchange.Redis reads it; what it says of timeouts counts less than what is said here. With <c>serviceName</c> its addresses are those of sentinels.
/// </param>
/// <param name="ClientName">How the instance's connections are called in <c>CLIENT LIST</c>.</param>
internal sealed record RedisSettings(string ConnectionString, string ClientName)
{
    public const string Publisher = "publisher";
    public const string Subscriber = "subscriber";
    public const string Sentinel = "sentinel";

    /// <summary>How long an answer is waited for. Default 1.5 s, so that with the heartbeat that sees it a caller has his answer within 2 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(1.5);

    public ConfigurationOptions For(string role)
    {
        var options = ConfigurationOptions.Parse(ConnectionString);
        options.ClientName = $"{ClientName}.{role}";

        // A Redis that is away at the start is connected once it is there.
        options.AbortOnConnectFail = false;
        options.ReconnectRetryPolicy = new LinearRetry(100);
        options.ConnectTimeout = 1_500;

        // An answer within 2 s, whatever Redis does: what cannot be sent fails at once, what is not answered in time, seen by the next heartbeat.
        // A command that waited for a connection would be sent much later, when its caller has long given up.
        options.BacklogPolicy = BacklogPolicy.FailFast;
        options.AsyncTimeout = (int)Timeout.TotalMilliseconds;
        options.SyncTimeout = (int)Timeout.TotalMilliseconds;
        // Each heartbeat is a wake-up of its own, whether or not anything happens, so there are no more than the 2 s need.
        options.HeartbeatInterval = TimeSpan.FromMilliseconds(role == Sentinel ? 1_000 : 300);
        options.IncludeDetailInExceptions = false;

        // The subscriber does nothing but subscribe, so one connection (RESP3) is enough, and it is there as soon as the client is connected. The
        // publisher never subscribes: as a subscriber it would fall under Redis's stricter bounds on what may wait for it.
        options.SharedSubscriptionConnection = role == Subscriber;

        // Neither is used here, and each costs a subscription or a read on every connect.
        options.ConfigurationChannel = "";
        options.TieBreaker = "";
        return options;
    }
}
