namespace AspireChat.ChatServer.Backplane.Redis;

/// <summary>Connects to Redis before anything else starts, so that nothing finds a connection that is not there yet.</summary>
internal sealed class RedisConnectionsStart(RedisConnections redis) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => redis.ConnectAsync();

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
