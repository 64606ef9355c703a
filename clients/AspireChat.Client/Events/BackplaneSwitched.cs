namespace AspireChat.Client;

/// <summary>The servers' mode was switched; what is promised from here on is that of <paramref name="Mode"/>.</summary>
/// <param name="Mode">The mode from now on.</param>
public sealed record BackplaneSwitched(BackplaneMode Mode) : RoomEvent;
