using System.Collections.Concurrent;

namespace AspireChat.ChatServer.Backplane.Canary;

/// <summary>Stands where a room stands for users: keeps which beats came out of the backplane on this instance.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class CanaryEar(TimeProvider time, Action<CanaryBeat> heard) : IRoomSink
{
    private readonly ConcurrentDictionary<string, (long Number, long At)> _heard = new(StringComparer.Ordinal);

    /// <summary>The newest beat heard of an incarnation; 0 where none was.</summary>
    public long NewestOf(string incarnation) => _heard.TryGetValue(incarnation, out var last) ? last.Number : 0;

    /// <summary>How long ago an incarnation was heard; null where it never was.</summary>
    public TimeSpan? AgeOf(string incarnation) => _heard.TryGetValue(incarnation, out var last) ? time.GetElapsedTime(last.At) : null;

    /// <summary>Forgets incarnations that live no more.</summary>
    public void Keep(IReadOnlySet<string> living)
    {
        foreach (var incarnation in _heard.Keys.Where(incarnation => !living.Contains(incarnation)))
            _heard.TryRemove(incarnation, out _);
    }

    public void Begin(StreamPosition? position)
    {
    }

    public void Deliver(RoomMessage message)
    {
        if (!CanaryBeat.TryDecode(message.Body.Span, out var beat))
            return;

        _heard[beat.Incarnation] = (beat.Number, time.GetTimestamp());
        heard(beat);
    }

    public void Resync(StreamPosition position, IReadOnlyList<RoomMessage> recent)
    {
        foreach (var message in recent)
            Deliver(message);
    }

    public void Signal(RoomSignal signal)
    {
    }
}
