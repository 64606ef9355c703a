namespace AspireChat.Client;

/// <summary>Continuity was lost: messages may be missing. Forget what was shown, and show <paramref name="Messages"/>.</summary>
/// <param name="Reason">What broke it.</param>
/// <param name="Messages">What the room's recent history holds now, oldest first.</param>
/// <param name="NewMessages">Those among them that had not been received before, as far as the last 1,024 tell.</param>
/// <param name="Position">The position of the last of them; null in the modes that have no stream.</param>
/// <param name="Members">Who is there now; null if that is as it was.</param>
public sealed record RoomResynced(
    ResyncReason Reason,
    IReadOnlyList<ChatMessage> Messages,
    IReadOnlyList<ChatMessage> NewMessages,
    StreamPosition? Position,
    RoomMembers? Members) : RoomEvent;

/// <summary>Why a room's continuity was lost.</summary>
public enum ResyncReason
{
    /// <summary>The server says so: the stream goes on in another epoch, because Redis lost data or the mode was switched.</summary>
    EpochChanged,

    /// <summary>After a reconnect, or after this app had read too slowly: the history no longer reaches back to the last message received.</summary>
    NotRecovered,

    /// <summary>After a reconnect, or after this app had read too slowly, in a mode that has no stream: nobody knows whether something was missed.</summary>
    NoStream,
}
