using AspireChat.ChatServer.Backplane;

namespace AspireChat.ChatServer.History;

/// <summary>What a caller wants of a room's history.</summary>
/// <param name="After">The position to read on from; null for the newest messages.</param>
/// <param name="Limit">How many messages at most.</param>
internal readonly record struct HistoryRequest(StreamPosition? After, int Limit);
