namespace AspireChat.ChatServer.Backplane.Streams;

internal enum ReadProgress
{
    /// <summary>Nothing is left to read.</summary>
    Done,

    /// <summary>Read on.</summary>
    More,

    /// <summary>The stream does not continue what was delivered.</summary>
    Resync,
}

/// <summary>What to do after a read.</summary>
/// <param name="Progress">What.</param>
/// <param name="Reason">Why the stream does not continue; a <see cref="ReadReason"/>.</param>
/// <param name="Broken">The epoch that must not go on, where it is certain that it must not.</param>
internal readonly record struct ReadVerdict(ReadProgress Progress, string Reason = "", string? Broken = null)
{
    public static ReadVerdict Done => new(ReadProgress.Done);

    public static ReadVerdict More => new(ReadProgress.More);

    public static ReadVerdict Resync(string reason, string? broken = null) => new(ReadProgress.Resync, reason, broken);
}
