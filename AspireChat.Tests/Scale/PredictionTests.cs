using AspireChat.ScaleModel;
using AspireChat.ScaleModel.Costs;
using AspireChat.ScaleModel.Fitting;
using AspireChat.ScaleModel.Measured;

namespace AspireChat.Tests.Scale;

/// <summary>The model is held to what was measured, as docs/scale.md says.</summary>
public sealed class PredictionTests
{
    [Fact]
    public void There_are_figures_of_one_two_and_three_instances_in_both_modes() =>
        Assert.Equal(
            from mode in (Mode[])[Mode.PubSub, Mode.Stream]
            from instances in (int[])[1, 2, 3]
            select (mode, instances),
            MeasuredLoads.Instances.Points.Select(point => (point.Mode, point.Instances)).Distinct());

    [Fact]
    public void It_is_typically_within_a_quarter_of_what_was_measured_and_eight_times_of_nine_within_a_half() =>
        Assert.All(Errors.All, errors =>
        {
            Assert.True(errors.Typical <= 0.25, $"{errors.Of}: typically {errors.Typical:0%}");
            Assert.True(errors.EightOfNine <= 0.5, $"{errors.Of}: eight of nine {errors.EightOfNine:0%}");
        });

    [Fact]
    public void What_Redis_sends_is_a_copy_for_each_instance() =>
        Assert.All(
            MeasuredLoads.Instances.Points.Where(point => point.MessagesPerSecond >= 100),
            point => Assert.Equal(1, Predictions.RedisBytesOut(point) / point.RedisBytesOut, tolerance: 0.05));

    [Fact]
    public void A_load_that_it_was_not_fitted_to_is_predicted_too()
    {
        // docs/performance.md, "Against others": 300 rooms of 6 at 40,000 messages a second, 6.0 µs a delivery, Redis included. 20 times what it was fitted to.
        var load = MeasuredLoads.Instances.Points[0] with { Mode = Mode.PubSub, Instances = 3, Rooms = 300, Members = 6, MessagesPerSecond = 40_000 };
        var predicted = Predictions.InstancesMicroseconds(FittedCosts.Recorded.PubSubInstance, load) + Predictions.RedisMicroseconds(FittedCosts.Recorded.PubSubRedis, load);

        Assert.InRange(predicted / load.Members, 6.0 / 2, 6.0 * 2);
    }

    [Fact]
    public void One_two_and_three_shards_cost_what_it_says_by_a_factor_of_two()
    {
        // It was fitted to one Redis alone, and says rather too much: docs/scale.md, "Redis Cluster".
        Assert.Equal([1, 2, 3], MeasuredShards.Recorded.Points.Select(point => point.Shards).Distinct());
        Assert.All(MeasuredShards.Recorded.Points, point => Assert.InRange(Predictions.RedisMicroseconds(FittedCosts.Recorded.StreamRedis, point) / point.RedisMicroseconds, 0.5, 2));
    }

    [Fact]
    public void The_recorded_costs_are_those_that_a_fit_finds()
    {
        var fitted = Fit.Of(MeasuredLoads.Instances, MeasuredLoads.Gateway);

        Assert.All(MeasuredLoads.Instances.Points, point =>
        {
            Assert.Equal(1, Predictions.InstancesMicroseconds(fitted.Instance(point.Mode), point) / Predictions.InstancesMicroseconds(FittedCosts.Recorded.Instance(point.Mode), point), tolerance: 0.05);
            Assert.Equal(1, Predictions.RedisMicroseconds(fitted.Redis(point.Mode), point) / Predictions.RedisMicroseconds(FittedCosts.Recorded.Redis(point.Mode), point), tolerance: 0.05);
        });
    }
}
