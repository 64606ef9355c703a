namespace AspireChat.LoadTest.Load.Measuring;

/// <summary>What is counted while a step runs.</summary>
internal enum Count
{
    Delivered,
    OutOfOrder,
    Repeated,
    Late,
    Corrupt,

    /// <summary>A message that came to a receiver of another room.</summary>
    Stray,
    Sent,
    Acknowledged,

    /// <summary>A message that could not even be put on its way.</summary>
    NotSent,

    /// <summary>A connection that was there again after a loss.</summary>
    Reconnect,

    /// <summary>A return to a room that brought all that was missed.</summary>
    Recovered,

    /// <summary>A return to a room that could not: <c>recovered: false</c>.</summary>
    NotRecovered,
    Resync,
}
