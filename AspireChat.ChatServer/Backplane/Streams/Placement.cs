namespace AspireChat.ChatServer.Backplane.Streams;

/// <summary>How a message that was heard fits what a room has delivered so far.</summary>
internal enum Placement
{
    /// <summary>The very next one, and it names the last one as its predecessor: deliver it.</summary>
    Next,

    /// <summary>Delivered already, or of an epoch that has ended: drop it.</summary>
    Repeat,

    /// <summary>Further on: what is between is missing.</summary>
    Gap,

    /// <summary>Of an epoch that is not known.</summary>
    OtherEpoch,

    /// <summary>Before the last one, and too far back to tell whether it is the one that was delivered.</summary>
    Old,

    /// <summary>Another message in the place of a delivered one, or one that follows another history: Redis was rolled back and went on.</summary>
    Fork,
}
