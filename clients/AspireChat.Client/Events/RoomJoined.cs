namespace AspireChat.Client;

/// <summary>The first event of a room.</summary>
/// <param name="Messages">
/// The recent history, oldest first; or, with <see cref="JoinOptions.Since"/> and <paramref name="Recovered"/>, the first of the messages missed, whose
/// rest follows as <see cref="MessageReceived"/>.
/// </param>
/// <param name="Position">The position of the last of them; null in the modes that have no stream.</param>
/// <param name="Recovered">Whether nothing is missing between <see cref="JoinOptions.Since"/> and <paramref name="Messages"/>.</param>
/// <param name="Members">Who is there.</param>
public sealed record RoomJoined(IReadOnlyList<ChatMessage> Messages, StreamPosition? Position, bool Recovered, RoomMembers Members) : RoomEvent;
