using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LocalAspire.Redis;

/// <summary>Asks a Redis whether it serves.</summary>
internal static class RedisPing
{
    public static async Task<HealthCheckResult> CheckAsync(string connectionString, CancellationToken cancellationToken)
    {
        using var redis = new RedisConversation(connectionString);
        if (redis.NeedsTls)
            return HealthCheckResult.Healthy("Reached with TLS, which this check does not speak: not asked.");

        if (await redis.BeginAsync(cancellationToken) is { } refusal)
            return HealthCheckResult.Unhealthy($"The Redis at {redis.Host}:{redis.Port} refused the password: {refusal}");

        return await redis.AskAsync(["PING"], cancellationToken) is var answer && answer == "+PONG"
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy($"The Redis at {redis.Host}:{redis.Port} answered PING with {answer}");
    }
}
