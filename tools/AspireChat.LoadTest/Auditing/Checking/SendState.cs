using AspireChat.LoadTest.Auditing.Recording;

namespace AspireChat.LoadTest.Auditing.Checking;

internal enum SendOutcome : byte
{
    /// <summary>Its sender waits.</summary>
    Pending,

    /// <summary>Acknowledged.</summary>
    Ok,

    /// <summary>Refused for good: it must never appear.</summary>
    Failed,

    /// <summary>Its sender has given up: it may appear, once.</summary>
    Unknown,
}

/// <summary>What is known of one send.</summary>
internal sealed class SendState(SendBegan began)
{
    public long Number => began.Send;

    public string Room => began.Room;

    public uint Digest => began.Digest;

    public long BeganAt => began.At;

    public SendOutcome Outcome { get; set; }

    /// <summary>Its place.</summary>
    public StreamPosition? Place { get; set; }

    /// <summary>Its place in the epoch before, where the first one was lost and a retry has put it into the next.</summary>
    public StreamPosition? PlaceBefore { get; set; }

    /// <summary>In a mode without a stream: how many clients were in the room when it began.</summary>
    public int Expected { get; set; }

    /// <summary>In a mode without a stream: how many deliveries of it were seen.</summary>
    public int Delivered { get; set; }

    /// <summary>Whether its sender has sent it more than once.</summary>
    public bool IsRepeated { get; set; }
}
