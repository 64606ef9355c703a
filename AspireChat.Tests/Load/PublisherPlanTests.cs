using AspireChat.LoadTest.Load;
using AspireChat.LoadTest.Load.Scenarios;

namespace AspireChat.Tests.Load;

public sealed class PublisherPlanTests
{
    [Theory]
    [InlineData(1, 10, 20, 3)]
    [InlineData(1, 100, 20, 7)]
    [InlineData(1, 100, 0, 3)]
    [InlineData(100, 200, 20, 13)]
    [InlineData(50, 3000, 20, 200)]
    public void There_are_as_many_publishers_as_the_limit_of_one_makes_necessary(int rooms, double rate, double limit, int publishers)
    {
        var plan = PublisherPlan.For(rooms, rate, limit, least: 3);

        Assert.Equal(publishers, plan.Publishers);
        Assert.True(limit == 0 || plan.RateOfBusiest(rooms, rate) <= limit, $"{plan.RateOfBusiest(rooms, rate)} a second are too many.");
    }

    [Theory, InlineData(1, 7), InlineData(10, 3), InlineData(10, 25), InlineData(7, 7)]
    public void Every_room_has_its_publishers_and_every_publisher_a_room(int rooms, int publishers)
    {
        var plan = PublisherPlan.Of(publishers, rooms);

        var served = from room in Enumerable.Range(0, rooms) from slot in Enumerable.Range(0, plan.PerRoom) select plan.PublisherOf(room, slot, rooms);

        Assert.Equal(Enumerable.Range(0, plan.Publishers), served.Distinct().Order());
    }

    [Fact]
    public void A_rate_that_no_number_of_publishers_reaches_says_what_to_do()
    {
        var e = Assert.Throws<LoadException>(() => PublisherPlan.For(1, 1_000_000, 1, least: 3));

        Assert.EndsWith("Raise Chat__Limits__SendsPerSecond, or publish with --api-key.", e.Message, StringComparison.Ordinal);
    }
}
