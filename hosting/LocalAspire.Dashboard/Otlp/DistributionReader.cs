using Google.Protobuf.Collections;
using LocalAspire.Dashboard.Telemetry.Metrics;
using OpenTelemetry.Proto.Metrics.V1;

namespace LocalAspire.Dashboard.Otlp;

/// <summary>Turns OTLP's two kinds of histogram into distributions; null where one contradicts itself or has too many buckets.</summary>
internal sealed class DistributionReader(OtlpReader reader)
{
    public Distribution? Read(HistogramDataPoint point)
    {
        var (bounds, counts) = (point.ExplicitBounds, point.BucketCounts);
        if (counts.Count == 0)
        {
            // A sender may give count and sum alone; then all lies in one open bucket.
            return bounds.Count > 0 ? null : new ExplicitDistribution { Bounds = [], Counts = [point.Count], Count = point.Count, Sum = point.Sum };
        }

        if (counts.Count != bounds.Count + 1 || counts.Count > reader.Limits.MaxBucketCount || !Rises(bounds)) return null;

        return new ExplicitDistribution { Bounds = [.. bounds], Counts = [.. counts], Count = point.Count, Sum = point.Sum };
    }

    public Distribution? Read(ExponentialHistogramDataPoint point)
    {
        if (point.Scale is < ExponentialDistribution.MinScale or > ExponentialDistribution.MaxScale
            || Read(point.Positive) is not { } positive || Read(point.Negative) is not { } negative) return null;

        return new ExponentialDistribution
        {
            Scale = point.Scale,
            Count = point.Count,
            Sum = point.Sum,
            ZeroCount = point.ZeroCount,
            ZeroThreshold = double.IsFinite(point.ZeroThreshold) ? Math.Max(0, point.ZeroThreshold) : 0,
            Positive = positive,
            Negative = negative,
        };
    }

    private ExponentialBuckets? Read(ExponentialHistogramDataPoint.Types.Buckets? buckets)
    {
        if (buckets is null || buckets.BucketCounts.Count == 0) return ExponentialBuckets.None;

        var outOfReach = buckets.Offset is < -ExponentialDistribution.MaxIndex or > ExponentialDistribution.MaxIndex;
        return outOfReach || buckets.BucketCounts.Count > reader.Limits.MaxBucketCount
            ? null
            : new ExponentialBuckets(buckets.Offset, [.. buckets.BucketCounts]);
    }

    private static bool Rises(RepeatedField<double> bounds)
    {
        for (var i = 0; i < bounds.Count; i++)
            if (double.IsNaN(bounds[i]) || (i > 0 && bounds[i] <= bounds[i - 1])) return false;

        return true;
    }
}
