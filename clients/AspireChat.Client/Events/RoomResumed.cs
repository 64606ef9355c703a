namespace AspireChat.Client;

/// <summary>
/// The room goes on after the last message received: nothing was lost, and what was missed follows as <see cref="MessageReceived"/>. Hints
/// (<see cref="PresenceChanged"/>, <see cref="UserTyping"/>) may have been missed.
/// </summary>
/// <param name="Members">Who is there now.</param>
public sealed record RoomResumed(RoomMembers Members) : RoomEvent;
