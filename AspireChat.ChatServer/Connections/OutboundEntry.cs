namespace AspireChat.ChatServer.Connections;

/// <summary>What waits to be written: a frame, or several that were joined for all their receivers.</summary>
/// <param name="Bytes">Finished frames, shared with their other receivers.</param>
/// <param name="Counts">Whether it counts towards the queue's bound.</param>
/// <param name="Written">Completed when it is written, or never will be.</param>
internal readonly record struct OutboundEntry(byte[] Bytes, bool Counts, TaskCompletionSource? Written = null)
{
    /// <summary>Lets go of entries, and of whoever waits for them.</summary>
    /// <returns>How many of their bytes counted.</returns>
    public static int Forget(Span<OutboundEntry> entries)
    {
        var counted = 0;
        foreach (ref var entry in entries)
        {
            counted += entry.Counts ? entry.Bytes.Length : 0;
            entry.Written?.TrySetResult();
            entry = default;
        }

        return counted;
    }
}
