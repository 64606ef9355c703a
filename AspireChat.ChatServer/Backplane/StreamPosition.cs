namespace AspireChat.ChatServer.Backplane;

/// <summary>
/// A place in a room's stream: that of one message, or 0 for the place before the first.
/// </summary>
/// <param name="Epoch">
/// The identity of the stream, an opaque string of at most 64 characters. Without it an offset would prove nothing: after
/// Redis lost its data, offsets start again, and 7 of the new stream is another message than 7 of the old one.
/// </param>
/// <param name="Offset">From 1 to 2^53-1, contiguous within an epoch.</param>
internal readonly record struct StreamPosition(string Epoch, long Offset);
