using AspireChat.ChatServer.Presence;
using Microsoft.Extensions.Time.Testing;

namespace AspireChat.Tests.Presence;

public sealed class AnnouncementGateTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void In_a_small_room_each_change_is_told()
    {
        var gate = new AnnouncementGate(_time);

        Assert.Equal(2, gate.Pass(Change(100, joined: ["ann", "bob"]), out var again).Count);
        Assert.Single(gate.Pass(Change(99, left: ["ann"]), out _));
        Assert.Null(again);
    }

    [Fact]
    public void In_a_large_room_the_number_is_told_once_a_second_and_the_last_one_in_the_end()
    {
        var gate = new AnnouncementGate(_time);

        Assert.Equal(101, Assert.Single(gate.Pass(Change(101, joined: ["ann"]), out _)).Members);
        Assert.Empty(gate.Pass(Change(102, joined: ["bob"]), out var again));
        Assert.Equal(TimeSpan.FromSeconds(1), again);
        _time.Advance(TimeSpan.FromSeconds(0.4));
        Assert.Empty(gate.Pass(Change(103, joined: ["cat", "dan"]), out again));
        Assert.Equal(TimeSpan.FromSeconds(0.6), again);

        _time.Advance(TimeSpan.FromSeconds(0.6));
        Assert.Equal(103, Assert.Single(gate.Pass(Change(103), out again)).Members);
        Assert.Null(again);
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Empty(gate.Pass(Change(103), out _));
    }

    [Fact]
    public void What_a_large_room_held_back_is_told_when_it_has_become_small()
    {
        var gate = new AnnouncementGate(_time);
        gate.Pass(Change(102, joined: ["ann"]), out _);
        gate.Pass(Change(101, left: ["ann"]), out _);

        var signals = gate.Pass(Change(100, left: ["bob"]), out var again);

        Assert.Equal(["ann", "bob"], signals.Select(signal => signal.Name));
        Assert.All(signals, signal => Assert.Equal(100, signal.Members));
        Assert.Null(again);
    }

    private static PresenceChange Change(int members, string[]? joined = null, string[]? left = null) => new(members, joined ?? [], left ?? [], null);
}
