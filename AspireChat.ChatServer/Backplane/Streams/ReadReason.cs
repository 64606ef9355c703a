namespace AspireChat.ChatServer.Backplane.Streams;

/// <summary>Why a room's stream is read; the tag of the metric.</summary>
internal static class ReadReason
{
    /// <summary>A message came that is not the next one.</summary>
    public const string Gap = "gap";

    /// <summary>The stream is known to be further than what was heard.</summary>
    public const string Tail = "tail";

    /// <summary>Messages came faster than they were handled.</summary>
    public const string Overflow = "overflow";

    /// <summary>The channel is subscribed on another node of the cluster than before.</summary>
    public const string Moved = "moved";

    /// <summary>The stream stands in another epoch.</summary>
    public const string Epoch = "epoch";

    /// <summary>The stream is not as far as what was heard or acknowledged.</summary>
    public const string Rollback = "rollback";

    /// <summary>Another message stands in the place of a known one.</summary>
    public const string Fork = "fork";

    /// <summary>What is missing is no longer kept.</summary>
    public const string Window = "window";

    /// <summary>The reason that a message gives which cannot be delivered in the place where it was heard.</summary>
    public static string Of(Placement placement) => placement switch
    {
        Placement.Fork => Fork,
        Placement.OtherEpoch => Epoch,
        Placement.Old => Rollback,
        _ => Gap,
    };
}
