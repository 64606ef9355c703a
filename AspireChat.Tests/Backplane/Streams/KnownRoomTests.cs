using AspireChat.ChatServer.Backplane;
using AspireChat.ChatServer.Backplane.Envelopes;
using AspireChat.ChatServer.Backplane.Streams;

namespace AspireChat.Tests.Backplane.Streams;

public sealed class KnownRoomTests
{
    private readonly KnownRoom _room = new("room", new RedisKeys("test:"));

    [Fact]
    public void The_high_water_mark_only_rises()
    {
        Learn(Head("a", 5));
        Learn(Head("a", 3));

        Assert.Equal(Head("a", 5), _room.Highest);
    }

    [Fact]
    public void Another_message_at_the_high_water_mark_is_a_fork()
    {
        Learn(Head("a", 5));

        Assert.True(_room.Raise(Head("a", 5)));
        Assert.False(_room.Raise(Head("a", 5) with { Mark = new MessageMark(9, 9) }));
    }

    [Fact]
    public void An_epoch_that_follows_ends_the_former_one()
    {
        Learn(Head("a", 5));
        Learn(Head("b", 1));

        Assert.Equal(Head("b", 1), _room.Highest);
        Assert.True(_room.HasEnded("a"));
        Learn(Head("a", 7));
        Assert.Equal(Head("b", 1), _room.Highest);
    }

    [Fact]
    public void An_answer_that_was_asked_for_in_an_earlier_epoch_tells_nothing_of_the_present_one()
    {
        Learn(Head("b", 1));
        var generation = _room.Generation;
        Learn(Head("c", 1));

        _room.Learn(Head("a", 9), generation);

        Assert.Equal(Head("c", 1), _room.Highest);
        Assert.False(_room.HasEnded("c"));
    }

    [Fact]
    public void A_heard_message_of_another_epoch_changes_nothing()
    {
        Learn(Head("b", 1));

        Assert.True(_room.Raise(Head("a", 9)));

        Assert.Equal(Head("b", 1), _room.Highest);
    }

    private void Learn(StreamHead head) => _room.Learn(head, _room.Generation);

    private static StreamHead Head(string epoch, long offset) => new(epoch, offset, new MessageMark(1, offset));
}
