using AspireChat.ChatServer.Connections;
using AspireChat.ChatServer.Connections.Writing;
using Microsoft.Extensions.Options;

namespace AspireChat.ChatServer.Rooms;

/// <summary>The lanes of this instance: as many as can work at a time.</summary>
internal sealed class FanOutLanes : IDisposable
{
    private readonly FanOutLane[] _lanes;
    private int _next = -1;

    public FanOutLanes(IOptions<ConnectionOptions> options, TimeProvider time)
    {
        var batches = options.Value.BatchWrites;
        _lanes = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new FanOutLane(batches ? SocketRing.TryCreate() : null, time))];
    }

    /// <summary>The lane for one room more.</summary>
    public FanOutLane Next() => _lanes[(uint)Interlocked.Increment(ref _next) % (uint)_lanes.Length];

    public void Dispose()
    {
        foreach (var lane in _lanes)
        {
            lane.Dispose();
        }
    }
}
