namespace AspireChat.ChatServer.Backplane.Switching;

/// <summary>The mode of the backplane, and which switch brought it.</summary>
/// <param name="Mode">The mode.</param>
/// <param name="Version">
/// Raised by each switch; of two settings the one with the higher version counts. 0: of one's own configuration, not agreed with anybody.
/// </param>
internal sealed record ModeSetting(BackplaneMode Mode, long Version)
{
    public override string ToString() => $"{Mode.Name()} (version {Version})";
}
