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

    /// <summary>Puts a mode to work. When it throws, the former stays.</summary>
    public async Task ApplyAsync(ModeSetting setting, CancellationToken cancellationToken)
    {
        var (former, from) = (_backplane, _applied?.Mode);
        _backplane = await SwitchToAsync(setting, cancellationToken);
        _applied = setting;
        logger.ModeApplied(setting);

        // Confirms the switch: whoever asked for it waits for every instance's beat.
        own.Applied(setting.Mode, setting.Version);
        await heartbeat.BeatAsync(cancellationToken);

        if (former is not null)
            await former.DisposeAsync();
        if (from is { } left)
            foreach (var observer in observers)
                observer.Switched(left, setting.Mode);
    }

    public async ValueTask DisposeAsync()
    {
        if (_backplane is { } backplane)
            await backplane.DisposeAsync();
    }

    private async Task<IBackplane> SwitchToAsync(ModeSetting setting, CancellationToken cancellationToken)
    {
        var next = factory.Create(setting.Mode, setting.Version);
        try
        {
            await user.SwitchAsync(next, cancellationToken);
            return next;
        }
        catch
        {
            await next.DisposeAsync();
            throw;
        }
    }
}
