namespace AspireChat.ChatServer.Backplane;

internal static class RedisRegistration
{
    /// <summary>
    /// Whether this instance has a Redis, and with it other instances. Asked while services are added, so the backplane, which brings
    /// <see cref="RedisConnections"/>, is added first.
    /// </summary>
    public static bool HasRedis(this IServiceCollection services) =>
        services.Any(service => service.ServiceType == typeof(RedisConnections));
}
