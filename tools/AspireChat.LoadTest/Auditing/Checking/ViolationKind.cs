namespace AspireChat.LoadTest.Auditing.Checking;

/// <summary>What the servers did that they promise not to do.</summary>
internal enum ViolationKind
{
    /// <summary>A message that was acknowledged, or that others got, did not reach a client, and nothing told it.</summary>
    Lost,

    /// <summary>An offset that nobody got a message for: the stream has a hole.</summary>
    Gap,

    /// <summary>A client got a message twice.</summary>
    Repeated,

    /// <summary>A client got a message after a later one.</summary>
    Reordered,

    /// <summary>One offset of an epoch names two messages.</summary>
    Forked,

    /// <summary>One send has two places in an epoch, or is acknowledged at another than it was delivered at.</summary>
    StoredTwice,

    /// <summary>A message that nobody sent, or whose send was refused for good.</summary>
    Phantom,

    /// <summary>A message whose name or text is not what was sent.</summary>
    Altered,

    /// <summary>The stream went on in another epoch, and a client was not told.</summary>
    SilentEpochChange,

    /// <summary>The answer to a join contradicts itself.</summary>
    FalseJoin,

    /// <summary>A client was not back in its room when the run ended.</summary>
    NotResumed,

    /// <summary>While no fault lasted, a send was not acknowledged within the limit.</summary>
    LateAck,

    /// <summary>A frame that is not as the protocol says.</summary>
    BrokenFrame,
}
