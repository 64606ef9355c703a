namespace LocalAspire.Dashboard.Telemetry;

/// <summary>A process that sends telemetry. There is one object for each name and instance id, so references can be compared.</summary>
/// <param name="Name">Its <c>service.name</c>.</param>
/// <param name="InstanceId">Its <c>service.instance.id</c>, empty where it has none.</param>
/// <param name="Number">The order of appearance, from 0; it chooses the colour.</param>
/// <param name="Attributes">What it says of itself.</param>
public sealed record TelemetryResource(string Name, string InstanceId, int Number, AttributeSet Attributes)
{
    private int _signals;

    public bool HasLogs => Has(Signal.Logs);
    public bool HasTraces => Has(Signal.Traces);
    public bool HasMetrics => Has(Signal.Metrics);

    /// <summary>Remembers that the resource has sent this kind of telemetry.</summary>
    public void Mark(Signal signal) => Interlocked.Or(ref _signals, (int)signal);

    public bool Equals(TelemetryResource? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => Number;

    public bool Has(Signal signal) => (Volatile.Read(ref _signals) & (int)signal) != 0;
}
