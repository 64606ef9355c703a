namespace AspireChat.Client;

/// <summary>How to join a room.</summary>
public sealed record JoinOptions
{
    /// <summary>How many of the room's newest messages to ask for, 0 to 100. Default 50. Only the mode with a stream keeps any.</summary>
    public int History
    {
        get;
        init => field = value is >= 0 and <= 100
            ? value
            : throw new ArgumentOutOfRangeException(nameof(History), value, "History must be 0 to 100 messages.");
    } = 50;

    /// <summary>Whether to be told who joins and leaves. Default true.</summary>
    public bool Presence { get; init; } = true;

    /// <summary>
    /// Go on after this message instead of starting with the recent history; from <see cref="ChatMessage.ResumePoint"/>. Whether it worked is told
    /// by <see cref="RoomJoined.Recovered"/>. Default null.
    /// </summary>
    public ResumePoint? Since { get; init; }
}
