namespace AspireChat.ChatServer.Backplane;

/// <summary>What became of a publication.</summary>
internal enum PublishStatus
{
    /// <summary>The mode's promise holds for it: acknowledge it.</summary>
    Published,

    /// <summary>The same room, name and id came with another text within the idempotency window: <c>id_conflict</c>.</summary>
    IdConflict,

    /// <summary>Redis did not answer in time. It may or may not have been stored; the same id again finds out: <c>unavailable</c>.</summary>
    Unavailable,
}

/// <summary>The result of <see cref="IBackplane.PublishAsync"/>.</summary>
/// <param name="Status">What became of it.</param>
/// <param name="Position">Its place; null in the modes that have no stream, and when it was not published.</param>
internal readonly record struct PublishResult(PublishStatus Status, StreamPosition? Position = null)
{
    public static PublishResult Unavailable => new(PublishStatus.Unavailable);

    public static PublishResult IdConflict => new(PublishStatus.IdConflict);
}
