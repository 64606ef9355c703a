namespace Aspire.Hosting.ApplicationModel;

/// <summary>How a Redis is reached, known once its port is.</summary>
internal sealed class RedisConnectionString(RedisResource redis, Func<string?> elsewhere) : IValueProvider
{
    public async ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) =>
        elsewhere() ?? $"{redis.PrimaryEndpoint.Host}:{redis.PrimaryEndpoint.Port},password={await redis.PasswordParameter!.GetValueAsync(cancellationToken)}";
}
