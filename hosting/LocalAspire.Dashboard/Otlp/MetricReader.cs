using Google.Protobuf.Collections;
using LocalAspire.Dashboard.Telemetry;
using LocalAspire.Dashboard.Telemetry.Metrics;
using OpenTelemetry.Proto.Metrics.V1;

namespace LocalAspire.Dashboard.Otlp;

/// <summary>Turns OTLP's five shapes of metric into instruments and measurements.</summary>
internal sealed class MetricReader(OtlpReader reader, DistributionReader distributions)
{
    // Of one point of a summary, over all its quantiles: each carries all the point's attributes.
    private const int MaxQuantileAttributes = 1024;

    /// <summary>Null for a metric without data.</summary>
    public InstrumentInfo? Describe(Metric metric, string meter)
    {
        InstrumentKind? kind = metric.DataCase switch
        {
            Metric.DataOneofCase.Gauge or Metric.DataOneofCase.Summary => InstrumentKind.Gauge,
            Metric.DataOneofCase.Sum => metric.Sum.IsMonotonic ? InstrumentKind.Counter : InstrumentKind.UpDownCounter,
            Metric.DataOneofCase.Histogram or Metric.DataOneofCase.ExponentialHistogram => InstrumentKind.Histogram,
            _ => null,
        };
        return kind is { } known
            ? new InstrumentInfo(new InstrumentKey(meter, reader.Name(metric.Name)), known, reader.Name(metric.Unit), reader.Name(metric.Description))
            : null;
    }

    public MetricMeasurement[] Read(Metric metric, out int malformed)
    {
        MetricMeasurement?[] read = metric.DataCase switch
        {
            Metric.DataOneofCase.Gauge => [.. metric.Gauge.DataPoints.Select(point => Number(point, isDelta: false))],
            Metric.DataOneofCase.Sum => [.. metric.Sum.DataPoints.Select(point => Number(point, IsDelta(metric.Sum.AggregationTemporality)))],
            Metric.DataOneofCase.Histogram => [.. metric.Histogram.DataPoints.Select(point => Histogram(point, IsDelta(metric.Histogram.AggregationTemporality)))],
            Metric.DataOneofCase.ExponentialHistogram => [.. metric.ExponentialHistogram.DataPoints.Select(point => Exponential(point, IsDelta(metric.ExponentialHistogram.AggregationTemporality)))],
            Metric.DataOneofCase.Summary => [.. metric.Summary.DataPoints.SelectMany(Quantiles)],
            _ => [],
        };
        MetricMeasurement[] good = [.. read.OfType<MetricMeasurement>()];
        malformed = read.Length - good.Length;
        return good;
    }

    private static bool IsDelta(AggregationTemporality temporality) => temporality == AggregationTemporality.Delta;

    private MetricMeasurement? Number(NumberDataPoint point, bool isDelta)
    {
        var value = point.ValueCase == NumberDataPoint.ValueOneofCase.AsInt ? point.AsInt : point.AsDouble;
        return !double.IsFinite(value) ? null : new MetricMeasurement
        {
            Attributes = reader.Attributes(point.Attributes),
            Start = Timestamp.FromWire(point.StartTimeUnixNano),
            Time = Timestamp.FromWire(point.TimeUnixNano),
            Value = value,
            IsDelta = isDelta,
            Exemplars = Exemplars(point.Exemplars),
        };
    }

    private MetricMeasurement? Histogram(HistogramDataPoint point, bool isDelta) =>
        distributions.Read(point) is not { } distribution ? null : new MetricMeasurement
        {
            Attributes = reader.Attributes(point.Attributes),
            Start = Timestamp.FromWire(point.StartTimeUnixNano),
            Time = Timestamp.FromWire(point.TimeUnixNano),
            Distribution = distribution,
            IsDelta = isDelta,
            Exemplars = Exemplars(point.Exemplars),
        };

    private MetricMeasurement? Exponential(ExponentialHistogramDataPoint point, bool isDelta) =>
        distributions.Read(point) is not { } distribution ? null : new MetricMeasurement
        {
            Attributes = reader.Attributes(point.Attributes),
            Start = Timestamp.FromWire(point.StartTimeUnixNano),
            Time = Timestamp.FromWire(point.TimeUnixNano),
            Distribution = distribution,
            IsDelta = isDelta,
            Exemplars = Exemplars(point.Exemplars),
        };

    /// <summary>A summary cannot be added up: each quantile is a gauge of its own.</summary>
    private IEnumerable<MetricMeasurement?> Quantiles(SummaryDataPoint point)
    {
        var attributes = reader.Attributes(point.Attributes);
        var most = Math.Max(1, MaxQuantileAttributes / (attributes.Count + 1));
        return point.QuantileValues.Take(most).Select(quantile => !double.IsFinite(quantile.Value) ? null : (MetricMeasurement?)new MetricMeasurement
        {
            Attributes = new AttributeSet([.. attributes, new AttributeEntry("quantile", AttributeValue.Real(quantile.Quantile))]),
            Time = Timestamp.FromWire(point.TimeUnixNano),
            Value = quantile.Value,
            Exemplars = [],
        });
    }

    private static MetricExemplar[] Exemplars(RepeatedField<Exemplar> wire) => wire.Count == 0 ? [] : [.. wire.Select(Exemplar).OfType<MetricExemplar>()];

    private static MetricExemplar? Exemplar(Exemplar wire)
    {
        _ = SpanId.TryRead(wire.SpanId.Span, out var span);
        var value = wire.ValueCase == OpenTelemetry.Proto.Metrics.V1.Exemplar.ValueOneofCase.AsInt ? wire.AsInt : wire.AsDouble;
        return TraceId.TryRead(wire.TraceId.Span, out var trace) && double.IsFinite(value) ? new MetricExemplar(Timestamp.FromWire(wire.TimeUnixNano), value, trace, span) : null;
    }
}
