using AspireChat.ChatServer.Backplane;
using AspireChat.ChatServer.Backplane.Canary;
using AspireChat.ChatServer.Instances;

namespace AspireChat.Tests.Backplane.Canary;

public sealed class CanaryPeersTests
{
    private readonly CanaryEar _ear = new(TimeProvider.System, _ => { });
    private readonly CanaryPeers _peers = new("own");

    [Fact]
    public void Who_says_more_and_more_and_is_not_heard_is_missed()
    {
        Assert.Null(Look(Status(1)));
        Assert.Null(Look(Status(2)));

        Assert.False(Look(Status(3)));
        Hear("other", 2);
        Assert.False(Look(Status(4)));
        Hear("other", 4);
        Assert.True(Look(Status(5)));
    }

    [Fact]
    public void One_of_them_is_enough()
    {
        foreach (var number in (long[])[1, 2])
            Look(Status(number), Status(number) with { Incarnation = "third" });

        Hear("third", 2);

        Assert.True(Look());
    }

    [Fact]
    public void The_dead_the_draining_those_of_another_mode_and_those_without_a_canary_are_not_missed()
    {
        for (var look = 1; look <= 4; look++)
        {
            Assert.Null(Look(
                Status(7) with { Incarnation = "dead" },
                Status(look) with { Incarnation = "draining", Draining = true },
                Status(look) with { Incarnation = "not switched yet", ModeVersion = 1 },
                Status(0) with { Incarnation = "of an older release" },
                Status(look) with { Incarnation = "own" }));
        }
    }

    private bool? Look(params InstanceStatus[] live) => _peers.AreHeard(live, modeVersion: 2, _ear);

    private void Hear(string incarnation, long number) => _ear.Deliver(new RoomMessage { Body = new CanaryBeat(incarnation, number).Encode() });

    private static InstanceStatus Status(long canary) => new() { Incarnation = "other", ModeVersion = 2, Canary = canary };
}
