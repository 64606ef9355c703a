using System.Globalization;

namespace AspireChat.ChatServer.Backplane.Switching;

/// <summary>The mode as Redis keeps it for all instances.</summary>
internal sealed class RedisModeStore(RedisConnections redis, RedisKeys keys, ILogger<RedisModeStore> logger) : IModeStore
{
    private static readonly EmbeddedScript HoldScript = new("mode-hold.lua");
    private static readonly EmbeddedScript SwitchScript = new("mode-switch.lua");

    public Task<ModeSetting> HoldAsync(ModeSetting known) => RunAsync(HoldScript, known.Mode, known);

    public Task<ModeSetting> SwitchAsync(BackplaneMode mode, ModeSetting known) => RunAsync(SwitchScript, mode, known);

    private async Task<ModeSetting> RunAsync(EmbeddedScript script, BackplaneMode mode, ModeSetting known)
    {
        var result = (string[])(await script.RunAsync(redis.Publisher.GetDatabase(), [keys.Mode], [mode.Name(), known.Version]))!;
        if (BackplaneModeNames.TryParse(result[0], out var stored))
            return new ModeSetting(stored, long.Parse(result[1], CultureInfo.InvariantCulture));

        // A newer release may know more modes. Staying in the present one keeps the clients served.
        logger.ModeUnknown(keys.Mode, result[0]);
        return known;
    }
}
