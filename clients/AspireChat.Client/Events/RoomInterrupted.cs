namespace AspireChat.Client;

/// <summary>The connection was lost. <see cref="RoomResumed"/> or <see cref="RoomResynced"/> follows once there is another.</summary>
public sealed record RoomInterrupted : RoomEvent;
