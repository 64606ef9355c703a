namespace AspireChat.ChatServer.Rooms;

/// <summary>The lanes of this instance: as many as can work at a time.</summary>
internal sealed class FanOutLanes(TimeProvider time)
{
    private readonly FanOutLane[] _lanes = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new FanOutLane(time))];
    private int _next = -1;

    /// <summary>The lane for one room more.</summary>
    public FanOutLane Next() => _lanes[(uint)Interlocked.Increment(ref _next) % (uint)_lanes.Length];
}
