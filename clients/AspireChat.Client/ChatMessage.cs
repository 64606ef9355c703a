namespace AspireChat.Client;

/// <summary>One message of a room.</summary>
public sealed record ChatMessage
{
    /// <summary>The room it was sent to.</summary>
    public required string Room { get; init; }

    /// <summary>The sender's name for it, unique together with <see cref="Name"/>.</summary>
    public required string Id { get; init; }

    /// <summary>Who sent it. Without authentication on the servers a name proves nothing.</summary>
    public required string Name { get; init; }

    /// <summary>1 to 4,000 characters.</summary>
    public required string Text { get; init; }

    /// <summary>When it was sent, by the clock of <see cref="Instance"/>. Order comes from <see cref="Position"/>, never from here.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The instance that it was sent on.</summary>
    public required string Instance { get; init; }

    /// <summary>Its place in the room's stream; null in the modes that have no stream.</summary>
    public StreamPosition? Position { get; init; }

    /// <summary>Where to go on once this message has been processed; null in the modes that have no stream.</summary>
    public ResumePoint? ResumePoint => Position is { } position ? new(position.Epoch, position.Offset, Id, Name) : null;
}
