namespace AspireChat.ChatServer.Backplane.Switching;

/// <summary>An instance without Redis has nobody to agree with: its mode is local, whatever is configured.</summary>
internal sealed class LoneModeStore(ILogger<LoneModeStore> logger) : IModeStore
{
    private static readonly ModeSetting Alone = new(BackplaneMode.Local, Version: 0);

    public Task<ModeSetting> HoldAsync(ModeSetting known)
    {
        if (known.Mode != BackplaneMode.Local)
            logger.AloneInModeLocal(known.Mode.Name());
        return Task.FromResult(Alone);
    }

    public Task<ModeSetting> SwitchAsync(BackplaneMode mode, ModeSetting known) =>
        throw new InvalidOperationException("An instance without Redis cannot be switched to another mode; set ConnectionStrings__redis.");
}
