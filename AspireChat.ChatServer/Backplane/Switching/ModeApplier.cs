using AspireChat.ChatServer.Instances;

namespace AspireChat.ChatServer.Backplane.Switching;

/// <summary>Moves this instance from one mode to another. For one caller at a time.</summary>
internal sealed class ModeApplier(
    IBackplaneFactory factory,
    IBackplaneUser user,
    OwnStatus own,
    InstanceHeartbeat heartbeat,
    IEnumerable<IModeObserver> observers,
    ILogger<ModeApplier> logger) : IAsyncDisposable
{
    private volatile ModeSetting? _applied;
    private IBackplane? _backplane;

    /// <summary>The mode that this instance works in; null before the first.</summary>
    public ModeSetting? Applied => _applied;

    /// <summary>Puts a mode to work. When it throws, it may be tried again.</summary>
    public async Task ApplyAsync(ModeSetting setting, CancellationToken cancellationToken)
    {
        var from = _applied?.Mode;
        await SwitchToAsync(factory.Create(setting.Mode, setting.Version), cancellationToken);
        _applied = setting;
        logger.ModeApplied(setting);

        // Confirms the switch: whoever asked for it waits for every instance's beat.
        own.Applied(setting.Mode, setting.Version);
        await heartbeat.BeatAsync(cancellationToken);

        if (from is { } left)
            foreach (var observer in observers)
                observer.Switched(left, setting.Mode);
    }

    public async ValueTask DisposeAsync()
    {
        if (_backplane is { } backplane)
            await backplane.DisposeAsync();
    }

    private async Task SwitchToAsync(IBackplane next, CancellationToken cancellationToken)
    {
        IBackplane? unused = next;
        try
        {
            await user.SwitchAsync(next, cancellationToken);
        }
        finally
        {
            // Whichever is not in use goes, also where the switch failed half-way.
            if (ReferenceEquals(user.Current, next))
                (unused, _backplane) = (_backplane, next);
            if (unused is not null)
                await unused.DisposeAsync();
        }
    }
}
