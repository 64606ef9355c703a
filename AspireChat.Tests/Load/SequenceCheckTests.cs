using AspireChat.LoadTest.Load.Measuring;
using CsCheck;

namespace AspireChat.Tests.Load;

public sealed class SequenceCheckTests
{
    private readonly SequenceCheck _check = new();

    [Fact]
    public void What_was_passed_over_and_comes_later_is_out_of_order()
    {
        Assert.Equal([Arrival.InOrder, Arrival.InOrder, Arrival.OutOfOrder, Arrival.OutOfOrder, Arrival.InOrder], Take(0, 3, 2, 1, 4));
        Assert.Equal(0, _check.GiveUp(FeedOf(5)));
    }

    [Fact]
    public void What_came_before_is_repeated_in_order_or_not()
    {
        Assert.Equal([Arrival.InOrder, Arrival.Repeated, Arrival.InOrder, Arrival.OutOfOrder, Arrival.Repeated], Take(0, 0, 2, 1, 1));
    }

    [Fact]
    public void What_never_comes_is_lost_once_and_late_if_it_comes_after_all()
    {
        Take(0, 2);

        Assert.Equal(3, _check.GiveUp(FeedOf(5)));
        Assert.Equal(0, _check.GiveUp(FeedOf(5)));
        Assert.Equal([Arrival.Late, Arrival.Late, Arrival.Late, Arrival.Repeated, Arrival.InOrder], Take(4, 1, 3, 1, 5));
    }

    [Fact]
    public void What_the_server_did_not_acknowledge_is_not_lost()
    {
        Take(0, 3);

        Assert.Equal(1, _check.GiveUp(FeedOf(6, except: [1, 4, 5])));
    }

    [Fact]
    public void A_receiver_that_begins_in_the_midst_is_owed_nothing_from_before()
    {
        _check.BeginAt(3);

        Assert.Equal([Arrival.InOrder, Arrival.Repeated], Take(3, 2));
        Assert.Equal(0, _check.GiveUp(FeedOf(4)));
    }

    [Fact]
    public void Whatever_comes_in_whatever_order_every_number_is_counted_as_one_of_new_repeated_or_lost()
    {
        Gen.UInt[0, 30].Array[0, 60].Sample(arrivals =>
        {
            var check = new SequenceCheck();
            var seen = new HashSet<uint>();
            foreach (var sequence in arrivals)
            {
                var repeats = !seen.Add(sequence);
                Assert.Equal(repeats, check.Take(sequence) == Arrival.Repeated);
                Assert.True(check.Has(sequence));
            }

            var feed = FeedOf(31);
            Assert.Equal(seen.Count == 31, check.IsComplete(feed));
            Assert.Equal(31 - seen.Count, check.GiveUp(feed));
        });
    }

    private Arrival[] Take(params uint[] sequences) => [.. sequences.Select(_check.Take)];

    private static Feed FeedOf(uint sent, params uint[] except)
    {
        var feed = new Feed(0, "room", 0);
        for (uint i = 0; i < sent; i++)
        {
            var sequence = feed.Next(now: 0).Sequence;
            if (!except.Contains(sequence))
                feed.Acknowledge(sequence);
        }

        return feed;
    }
}
