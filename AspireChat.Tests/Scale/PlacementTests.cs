using AspireChat.ScaleModel;
using AspireChat.ScaleModel.Costs;
using AspireChat.ScaleModel.Simulation;

namespace AspireChat.Tests.Scale;

/// <summary>Members and rooms put somewhere by chance.</summary>
public sealed class PlacementTests
{
    private static readonly Workload Teams = new() { Connections = 100_000, Rooms = 5_000 };

    [Fact]
    public void It_agrees_with_the_closed_form_on_average()
    {
        var placement = Placement.Of(Teams, instances: 30, shards: 3, skew: 0, seed: 7);

        Assert.Equal(Interest.Of(30, 20), placement.Interested, tolerance: 0.1);
        Assert.Equal(Teams.Deliveries / 30, placement.Deliveries.Mean, tolerance: 1e-6 * Teams.Deliveries);
        Assert.Equal(Teams.Messages * Interest.Of(30, 20) / 30, placement.Heard.Mean, tolerance: 0.01 * Teams.Messages);
    }

    [Fact]
    public void The_same_seed_gives_the_same_and_another_gives_another()
    {
        Assert.Equal(Placement.Of(Teams, 30, 3, skew: 1, seed: 7), Placement.Of(Teams, 30, 3, skew: 1, seed: 7));
        Assert.NotEqual(Placement.Of(Teams, 30, 3, skew: 1, seed: 7), Placement.Of(Teams, 30, 3, skew: 1, seed: 8));
    }

    [Fact]
    public void Busy_rooms_make_busy_instances_and_shards()
    {
        var (even, skewed) = (Placement.Of(Teams, 30, 10, skew: 0, seed: 7), Placement.Of(Teams, 30, 10, skew: 1.2, seed: 7));

        Assert.True(skewed.Deliveries.P99Ratio > even.Deliveries.P99Ratio);
        Assert.True(skewed.Messages.MostRatio > even.Messages.MostRatio);
        Assert.True(even.Deliveries.MostRatio < 1.1, $"{even.Deliveries}");
    }
}
