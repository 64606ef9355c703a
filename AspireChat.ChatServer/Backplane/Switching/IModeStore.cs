namespace AspireChat.ChatServer.Backplane.Switching;

/// <summary>Where the mode is agreed upon. Every method may throw what <see cref="RedisTrouble"/> explains.</summary>
internal interface IModeStore
{
    /// <summary>The setting that counts. Where there is none, or an older one than <paramref name="known"/>, that is put in its place.</summary>
    Task<ModeSetting> HoldAsync(ModeSetting known);

    /// <summary>Switches all instances to a mode; they follow within a second or so.</summary>
    Task<ModeSetting> SwitchAsync(BackplaneMode mode, ModeSetting known);
}
