using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using AspireChat.ChatServer.Backplane;

namespace AspireChat.Tests.Backplane;

/// <summary>The sums of one instance's counters, and how often its histograms were recorded.</summary>
internal sealed class MetricSums : IDisposable
{
    private readonly ConcurrentDictionary<string, long> _sums = new();
    private readonly MeterListener _listener = new();

    public MetricSums(IMeterFactory factory)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope == factory && instrument.Meter.Name != BackplaneMetrics.CanaryMeterName)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            _sums.AddOrUpdate(instrument.Name, value, (_, sum) => sum + value);
            foreach (var tag in tags)
                _sums.AddOrUpdate($"{instrument.Name}/{tag.Value}", value, (_, sum) => sum + value);
        });
        _listener.SetMeasurementEventCallback<double>((instrument, _, _, _) => _sums.AddOrUpdate(instrument.Name, 1, (_, sum) => sum + 1));
        _listener.Start();
    }

    /// <summary>By the instrument's name, or by name and value of a tag: <c>chat.backplane.repairs/gap</c>.</summary>
    public long this[string name] => _sums.GetValueOrDefault(name);

    public void Dispose() => _listener.Dispose();
}
