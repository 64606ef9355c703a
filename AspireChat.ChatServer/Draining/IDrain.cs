namespace AspireChat.ChatServer.Draining;

/// <summary>The orderly end of this instance's service: its connections are asked to go elsewhere, and nobody loses anything.</summary>
internal interface IDrain
{
    /// <summary>
    /// Drains within so long: completes when the last connection is gone. The process goes on, unready, until it is stopped. Again is the same drain,
    /// hastened where the new time is the shorter one.
    /// </summary>
    Task StartAsync(TimeSpan within, CancellationToken cancellationToken);
}
