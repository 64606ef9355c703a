using AspireChat.ChatServer.Instances;
using AspireChat.ChatServer.Upkeep;
using Microsoft.Extensions.Options;

namespace AspireChat.ChatServer.Backplane.Switching;

/// <summary>Keeps this instance in the mode that Redis names: reads it at start, each second, and when a notice says that it was switched.</summary>
internal sealed class ModeFollower(
    ModeApplier applier,
    InstanceNotices notices,
    IOptions<ChatOptions> chat,
    IOptions<SwitchingOptions> options,
    Pulse pulse,
    IModeStore store,
    ILogger<ModeFollower> logger) : BackgroundService
{
    /// <summary>The topic of <see cref="InstanceNotices"/>.</summary>
    public const string Notice = "mode";

    private readonly PulseTimer _look = pulse.Every(options.Value.Look);
    private bool _unread;

    /// <summary>Whether this instance has ever learned the mode that counts; false only when Redis was away at the start and still is.</summary>
    public bool Informed { get; private set; }

    /// <summary>Returns when the first mode is applied, so that what starts after this finds a backplane: the one configured, while Redis is away.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        notices.Listen(Notice, _look.Ring);

        var initial = new ModeSetting(BackplaneModeNames.Parse(chat.Value.Backplane), Version: 0);
        await applier.ApplyAsync(await ReadAsync(initial) ?? initial, cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _look.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await _look.WaitForNextTickAsync(stoppingToken))
        {
            if (await ReadAsync(applier.Applied!) is { } setting && setting != applier.Applied)
                await TryApplyAsync(setting, stoppingToken);
        }
    }

    private async Task<ModeSetting?> ReadAsync(ModeSetting known)
    {
        try
        {
            var setting = await store.HoldAsync(known);
            Informed = true;
            _unread = false;
            return setting;
        }
        catch (Exception exception) when (RedisTrouble.Explains(exception))
        {
            if (!_unread)
                logger.ModeNotRead(known, exception);
            _unread = true;
            return null;
        }
    }

    private async Task TryApplyAsync(ModeSetting setting, CancellationToken cancellationToken)
    {
        try
        {
            await applier.ApplyAsync(setting, cancellationToken);
        }
        catch (Exception exception) when (RedisTrouble.Explains(exception) || exception is BackplaneUnavailableException)
        {
            logger.ModeNotApplied(setting, exception);
        }
    }
}
