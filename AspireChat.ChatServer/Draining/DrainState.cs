namespace AspireChat.ChatServer.Draining;

/// <summary>How far the end of this instance's service has come. Written by <see cref="Drain"/> alone.</summary>
internal sealed class DrainState
{
    private volatile bool _draining;
    private volatile bool _refusing;

    /// <summary>It has begun: the instance is no longer ready, and wants no new connections.</summary>
    public bool IsDraining => _draining;

    /// <summary>Those that come all the same are sent away.</summary>
    public bool RefusesUpgrades => _refusing;

    public void Begin() => _draining = true;

    public void RefuseUpgrades() => _refusing = true;
}
