using AspireChat.ChatServer.Instances;
using Microsoft.Extensions.Options;

namespace AspireChat.ChatServer.Backplane.Switching;

/// <summary>What came of a switch.</summary>
/// <param name="Mode">The mode switched to.</param>
/// <param name="Confirmed">The instances that work in it, by name.</param>
/// <param name="Missing">The live instances that did not confirm in time, by name.</param>
internal sealed record SwitchOutcome(BackplaneMode Mode, IReadOnlyList<string> Confirmed, IReadOnlyList<string> Missing);

/// <summary>Switches every instance to another mode, and waits until each live one has confirmed.</summary>
internal sealed class ModeSwitch(
    IModeStore store,
    ModeApplier applier,
    InstanceNotices notices,
    IInstanceDirectory directory,
    IOptions<SwitchingOptions> options,
    TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(25);

    /// <exception cref="BackplaneUnavailableException">Redis could not be reached in time. The switch may have been made all the same.</exception>
    public async Task<SwitchOutcome> SwitchAsync(BackplaneMode mode, CancellationToken cancellationToken)
    {
        var setting = await StoreAsync(mode);
        await notices.TellAsync(ModeFollower.Notice);

        // An instance that ends meanwhile leaves the directory, and is waited for no longer.
        var started = time.GetTimestamp();
        while (true)
        {
            var live = await directory.ReadAsync(cancellationToken);
            var missing = live.Where(instance => instance.ModeVersion < setting.Version);
            if (!missing.Any() || time.GetElapsedTime(started) >= options.Value.Confirmation)
                return new SwitchOutcome(mode, Names(live.Except(missing)), Names(missing));

            await Task.Delay(Interval, time, cancellationToken);
        }
    }

    private async Task<ModeSetting> StoreAsync(BackplaneMode mode)
    {
        try
        {
            return await store.SwitchAsync(mode, applier.Applied ?? new ModeSetting(mode, Version: 0));
        }
        catch (Exception exception) when (RedisTrouble.Explains(exception))
        {
            throw new BackplaneUnavailableException("Redis did not take the new mode; try again.", exception);
        }
    }

    private static string[] Names(IEnumerable<InstanceStatus> instances) =>
        [.. instances.Select(instance => instance.Instance).Distinct().Order(StringComparer.Ordinal)];
}
