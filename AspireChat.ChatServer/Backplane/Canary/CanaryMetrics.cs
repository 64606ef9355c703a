using System.Diagnostics.Metrics;

namespace AspireChat.ChatServer.Backplane.Canary;

/// <summary>What the canary tells of itself. It is counted here alone: its beats are nobody's messages.</summary>
internal sealed class CanaryMetrics
{
    private readonly Histogram<double> _delay;

    public CanaryMetrics(IMeterFactory factory)
    {
        var meter = factory.Create(BackplaneMetrics.MeterName);
        _delay = meter.CreateHistogram("chat.canary.delay", "s", "From saying a beat in the canary's room to hearing it there, on the same instance.", tags: null, BackplaneMetrics.Latencies);
        meter.CreateObservableGauge("chat.canary.heard", () => IsHeard ? 1 : 0, description: "0 while this instance counts as deaf, though it may reach Redis.");
        meter.CreateObservableGauge("chat.canary.age", () => Ages().Select(age => new Measurement<double>(age.Value.TotalSeconds, new KeyValuePair<string, object?>("chat.instance", age.Key))), "s", "Since an instance was heard last, by instance; this one included.");
    }

    public bool IsHeard { get; set; } = true;

    /// <summary>How long ago each instance was heard, by its name.</summary>
    public Func<IReadOnlyDictionary<string, TimeSpan>> Ages { get; set; } = () => new Dictionary<string, TimeSpan>();

    public void Heard(TimeSpan delay) => _delay.Record(delay.TotalSeconds);
}
