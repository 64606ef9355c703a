using System.Diagnostics;

namespace AspireChat.ChatServer.Backplane;

/// <summary>What a backplane is asked to publish: validated, and not yet in its place.</summary>
/// <param name="Room">The room's name.</param>
/// <param name="Name">The sender's user name; with <paramref name="Room"/> and <paramref name="Id"/> the idempotency key.</param>
/// <param name="Id">The sender's name for the message.</param>
/// <param name="TextDigest">16 bytes or more of a digest of the text: the same key with another digest is a conflict.</param>
/// <param name="Body">See <see cref="RoomMessage.Body"/>.</param>
/// <param name="TraceContext">The span that the deliveries belong under; default when it is not sampled.</param>
internal readonly record struct Publication(
    string Room,
    string Name,
    string Id,
    ReadOnlyMemory<byte> TextDigest,
    ReadOnlyMemory<byte> Body,
    ActivityContext TraceContext);
