using AspireChat.ChatServer.Backplane;

namespace AspireChat.ChatServer.Protocol;

/// <summary>Where a client wants to go on: the position of the last message it took.</summary>
/// <param name="Position">The position.</param>
/// <param name="Id">The message's id, when the client told it: proof that offset and message still belong together.</param>
/// <param name="Name">The message's sender; given together with <paramref name="Id"/>.</param>
internal sealed record ResumePoint(StreamPosition Position, string? Id, string? Name);
