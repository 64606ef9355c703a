namespace AspireChat.Client;

/// <summary>A user is typing: a hint, at most once in 2 s for each user.</summary>
/// <param name="Name">The user.</param>
public sealed record UserTyping(string Name) : RoomEvent;
