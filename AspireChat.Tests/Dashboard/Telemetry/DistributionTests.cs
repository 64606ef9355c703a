using CsCheck;
using LocalAspire.Dashboard.Telemetry.Metrics;

namespace AspireChat.Tests.Dashboard.Telemetry;

public sealed class DistributionTests
{
    [Fact]
    public void A_percentile_lies_within_its_bucket_as_if_measurements_were_spread_evenly()
    {
        var distribution = Explicit([10, 20, 30], [0, 10, 0, 0]);

        Assert.Equal(15, distribution.Percentile(0.5));
        Assert.Equal(20, distribution.Percentile(1));
    }

    [Fact]
    public void Of_the_open_bucket_only_its_lower_end_is_known()
    {
        Assert.Equal(30, Explicit([10, 20, 30], [1, 0, 0, 9]).Percentile(0.99));
    }

    [Fact]
    public void Without_measurements_there_is_no_percentile()
    {
        Assert.Null(Explicit([10], [0, 0]).Percentile(0.5));
    }

    [Fact]
    public void What_came_since_an_earlier_state_is_the_difference()
    {
        var before = Explicit([10, 20], [5, 5, 5]);
        var after = Explicit([10, 20], [5, 9, 5]);

        var fresh = Assert.IsType<ExplicitDistribution>(after.Since(before));
        Assert.Equal([0ul, 4ul, 0ul], fresh.Counts);
        Assert.Equal(4, fresh.Count);
    }

    [Fact]
    public void A_change_of_bounds_starts_afresh()
    {
        var before = Explicit([10, 20], [5, 5, 5]);
        var after = Explicit([1, 2, 3], [1, 1, 1, 1]);

        Assert.Same(after, after.Since(before));
        Assert.Same(after, before.Add(after));
    }

    [Fact]
    public void Exponential_histograms_of_different_scale_come_together()
    {
        // At scale 1 the bounds are powers of √2: indices 0 and 1 are (1, √2] and (√2, 2]; at scale 0 both are index 0.
        var fine = Exponential(scale: 1, offset: 0, [3, 4]);
        var coarse = Exponential(scale: 0, offset: 0, [10]);

        var sum = Assert.IsType<ExponentialDistribution>(fine.Add(coarse));

        Assert.Equal(0, sum.Scale);
        Assert.Equal([17ul], sum.Positive.Counts);
    }

    [Theory]
    [InlineData(ExponentialDistribution.MaxScale, 0)]
    [InlineData(ExponentialDistribution.MaxScale, -ExponentialDistribution.MaxIndex)]
    [InlineData(ExponentialDistribution.MinScale, -ExponentialDistribution.MaxIndex)]
    public void Histograms_whose_buckets_lie_as_far_apart_as_can_be_join_at_a_coarser_scale(int scale, int offset)
    {
        var low = Exponential(scale, offset, [3, 4]);
        var high = Exponential(ExponentialDistribution.MaxScale, ExponentialDistribution.MaxIndex, [10]);

        var sum = Assert.IsType<ExponentialDistribution>(low.Add(high));

        Assert.InRange(sum.Positive.Counts.Length, 1, 1024);
        Assert.Equal(17ul, sum.Positive.Counts.Aggregate(0ul, (all, one) => all + one));
        Assert.Equal(7, sum.Since(high).Count);
    }

    [Fact]
    public void Negative_indices_join_downwards()
    {
        Assert.Equal(new ExponentialBuckets(-2, [1, 5, 4]).Counts, new ExponentialBuckets(-3, [1, 2, 3, 4]).Coarsen(1).Counts);
    }

    [Fact]
    public void Adding_and_taking_away_again_gives_what_was_there()
    {
        var distributions = Gen.Select(Gen.Int[-3, 5], Gen.Int[-20, 20], Gen.ULong[0, 1000].Array[1, 40], (scale, offset, counts) => Exponential(scale, offset, counts));

        Gen.Select(distributions, distributions).Sample((first, second) =>
        {
            var back = (ExponentialDistribution)first.Add(second).Since(second);
            return back.Count == first.Count && back.Positive.Counts.Aggregate(0ul, (sum, one) => sum + one) == (ulong)first.Count;
        });
    }

    [Fact]
    public void Percentiles_of_an_exponential_histogram_are_close_to_the_truth()
    {
        const int Scale = 5;
        var values = Enumerable.Range(1, 1000).Select(i => i / 10.0).ToArray();
        var counts = new ulong[400];
        foreach (var value in values) counts[(int)Math.Ceiling(Math.Log2(value) * (1 << Scale)) - 1 + 150]++;
        var distribution = Exponential(Scale, -150, counts);

        Assert.InRange(distribution.Percentile(0.5)!.Value, 48.9, 51.2);
        Assert.InRange(distribution.Percentile(0.99)!.Value, 96.9, 101.2);
    }

    private static ExplicitDistribution Explicit(double[] bounds, ulong[] counts) => new()
    {
        Bounds = bounds,
        Counts = counts,
        Count = counts.Aggregate(0ul, (sum, one) => sum + one),
        Sum = 0,
    };

    private static ExponentialDistribution Exponential(int scale, int offset, ulong[] counts) => new()
    {
        Scale = scale,
        Positive = new ExponentialBuckets(offset, counts),
        Negative = ExponentialBuckets.None,
        ZeroCount = 0,
        Count = counts.Aggregate(0ul, (sum, one) => sum + one),
        Sum = 0,
    };
}
