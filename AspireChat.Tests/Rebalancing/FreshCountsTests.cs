using AspireChat.ChatServer.Instances;
using AspireChat.ChatServer.Rebalancing;
using Microsoft.Extensions.Time.Testing;

namespace AspireChat.Tests.Rebalancing;

public sealed class FreshCountsTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly FreshCounts _counts;

    public FreshCountsTests() => _counts = new FreshCounts(_time, "own");

    [Fact]
    public void Those_that_are_heard_count()
    {
        Assert.Empty(_counts.Read([Status("own", 1, 5), Status("a", 1, 10), Status("b", 7, 20)]));

        Assert.Equal([10, 21], _counts.Read([Status("own", 2, 5), Status("a", 2, 10), Status("b", 8, 21)]));
    }

    [Fact]
    public void One_that_is_silent_does_not_count_though_its_lease_goes_on()
    {
        Hear(beat: 1);
        Hear(beat: 2);
        Assert.Equal([10, 20], Hear(beat: 3));

        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal([10, 20], _counts.Read([Status("a", 4, 10), Status("dead", 3, 20)]));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([10], _counts.Read([Status("a", 5, 10), Status("dead", 3, 20)]));

        IReadOnlyCollection<int> Hear(long beat) => _counts.Read([Status("a", beat, 10), Status("dead", beat, 20)]);
    }

    [Fact]
    public void While_Redis_is_away_nobody_counts()
    {
        InstanceStatus[] last = [Status("a", 2, 10), Status("b", 2, 20)];
        _counts.Read([Status("a", 1, 10), Status("b", 1, 20)]);
        Assert.Equal([10, 20], _counts.Read(last));

        _time.Advance(TimeSpan.FromSeconds(4));
        Assert.Empty(_counts.Read(last));
    }

    [Fact]
    public void One_that_drains_does_not_count()
    {
        _counts.Read([Status("a", 1, 10)]);

        Assert.Empty(_counts.Read([Status("a", 2, 10) with { Draining = true }]));
    }

    private static InstanceStatus Status(string incarnation, long beat, int connections) => new() { Incarnation = incarnation, Beat = beat, Connections = connections };
}
