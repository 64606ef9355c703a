namespace AspireChat.ChatServer.Connections;

/// <summary>One frame that waits to be written.</summary>
/// <param name="Bytes">The finished frame, shared with its other receivers.</param>
/// <param name="Counts">Whether it counts towards the queue's bound.</param>
/// <param name="Written">Completed when the frame is written, or never will be.</param>
internal readonly record struct OutboundEntry(byte[] Bytes, bool Counts, TaskCompletionSource? Written = null);
