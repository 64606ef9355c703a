namespace AspireChat.Client;

/// <summary>
/// A message, this client's own included. Where there is a stream: exactly the one after the last, without gap or repeat, up to the next
/// <see cref="RoomResynced"/>. In the other modes: not one that came before, as far as the last 1,024 tell.
/// </summary>
/// <param name="Message">The message.</param>
public sealed record MessageReceived(ChatMessage Message) : RoomEvent;
