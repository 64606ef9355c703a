namespace AspireChat.ChatServer.Connections;

/// <summary>
/// Which entries go into one write, and their joining: a write costs microseconds, whatever its length, and copying a frame nanoseconds.
/// </summary>
internal static class Gathering
{
    /// <summary>The most that is copied together; larger frames are written as they are.</summary>
    private const int MaxGatheredBytes = 64 * 1024;

    /// <summary>How many of the entries go into the next write: a run up to one that somebody waits for.</summary>
    public static (int Count, int Bytes) Next(ReadOnlySpan<OutboundEntry> entries)
    {
        var (count, bytes) = (1, entries[0].Bytes.Length);
        while (count < entries.Length && entries[count - 1].Written is null && bytes + entries[count].Bytes.Length <= MaxGatheredBytes)
        {
            bytes += entries[count++].Bytes.Length;
        }

        return (count, bytes);
    }

    /// <summary>Copies entries one behind the other.</summary>
    public static void Join(ReadOnlySpan<OutboundEntry> entries, Span<byte> joined)
    {
        foreach (var entry in entries)
        {
            entry.Bytes.CopyTo(joined);
            joined = joined[entry.Bytes.Length..];
        }
    }
}
