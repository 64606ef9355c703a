namespace AspireChat.ChatServer.Draining;

/// <summary>The orderly end of this instance's service: its connections are asked to go elsewhere, and nobody loses anything.</summary>
internal interface IDrain
{
    /// <summary>Drains: completes when the last connection is gone. The process goes on, unready, until it is stopped. Again is the same drain.</summary>
    Task StartAsync(CancellationToken cancellationToken);
}
