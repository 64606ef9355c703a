namespace Aspire.StackExchange.Redis;

/// <summary>Settings of a Redis client, as Aspire's integration names them; section <c>Aspire:StackExchange:Redis</c>.</summary>
public sealed class StackExchangeRedisSettings
{
    /// <summary>The connection string; by default <c>ConnectionStrings:{connectionName}</c>.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Leaves out the health check. Default false.</summary>
    public bool DisableHealthChecks { get; set; }

    /// <summary>Leaves out tracing. StackExchange.Redis has no activity source of its own, so this stand-in traces nothing either way.</summary>
    public bool DisableTracing { get; set; }

    /// <summary>Connects on first use rather than at the start of the host. Default true.</summary>
    public bool DisableAutoActivation { get; set; } = true;
}
