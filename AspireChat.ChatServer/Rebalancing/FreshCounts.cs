using AspireChat.ChatServer.Instances;

namespace AspireChat.ChatServer.Rebalancing;

/// <summary>
/// The connection counts of the other instances that can take connections and were heard just now. One that has died keeps its lease, and with it its last
/// count, for a while: where connections are spread by that, they are sent to nobody. While Redis is away nobody is heard.
/// </summary>
/// <remarks>For one thread.</remarks>
internal sealed class FreshCounts(TimeProvider time, string ownIncarnation)
{
    /// <summary>Three beats and a little.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(3.5);

    private Dictionary<string, (long Beat, long HeardAt)> _heard = [];

    public IReadOnlyCollection<int> Read(IReadOnlyList<InstanceStatus> live)
    {
        var now = time.GetTimestamp();
        var heard = new Dictionary<string, (long Beat, long HeardAt)>();
        var counts = new List<int>();
        foreach (var status in live)
        {
            if (status.Incarnation == ownIncarnation)
                continue;

            // One that is seen for the first time may be long dead: it is heard when its count of beats grows.
            var known = _heard.TryGetValue(status.Incarnation, out var last);
            var entry = known && last.Beat == status.Beat ? last : (status.Beat, HeardAt: known ? now : long.MinValue);
            heard[status.Incarnation] = entry;
            if (!status.Draining && entry.HeardAt != long.MinValue && time.GetElapsedTime(entry.HeardAt, now) <= Silence)
                counts.Add(status.Connections);
        }

        _heard = heard;
        return counts;
    }
}
