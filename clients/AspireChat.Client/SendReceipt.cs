namespace AspireChat.Client;

/// <summary>The server's acknowledgement of one message.</summary>
/// <param name="Room">The room it was sent to.</param>
/// <param name="Id">The message's id.</param>
/// <param name="Position">Its place in the room's stream: it is stored. Null in the modes that have no stream: nothing is promised.</param>
/// <param name="Attempts">How often it was sent until it was acknowledged; 1 when the first try did.</param>
public sealed record SendReceipt(string Room, string Id, StreamPosition? Position, int Attempts);
