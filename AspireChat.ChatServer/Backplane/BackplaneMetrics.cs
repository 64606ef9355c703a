using System.Diagnostics.Metrics;
using AspireChat.ChatServer.Backplane.Canary;

namespace AspireChat.ChatServer.Backplane;

/// <summary>
/// What the backplane tells of itself. Names follow OpenTelemetry's conventions (https://opentelemetry.io/docs/specs/semconv/general/metrics/): durations
/// in seconds, no tag with more than a handful of values.
/// </summary>
internal sealed class BackplaneMetrics
{
    public const string MeterName = "AspireChat.ChatServer";

    /// <summary>Of what the canary's room costs; not named like ours, so that nobody exports it beside what users' rooms cost.</summary>
    public const string CanaryMeterName = "Canary";

    // What a stretch from one instance to another takes: below a millisecond when all is well, seconds when it was repaired.
    public static readonly InstrumentAdvice<double> Latencies = new()
    {
        HistogramBucketBoundaries = [.0001, .00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10],
    };

    private readonly Counter<long> _publications;
    private readonly Counter<long> _repairs;
    private readonly Counter<long> _repaired;
    private readonly Counter<long> _repeats;
    private readonly Counter<long> _passedOver;
    private readonly Counter<long> _unreadable;
    private readonly Counter<long> _resyncs;
    private readonly Counter<long> _signalsLost;
    private readonly Counter<long> _rebuilds;
    private readonly Counter<long> _reads;
    private readonly Counter<long> _sharedReads;
    private readonly Histogram<double> _publishDuration;
    private readonly Histogram<double> _deliveryDuration;
    private readonly Histogram<double> _probeDuration;

    private readonly BackplaneMetrics? _canary;

    public BackplaneMetrics(IMeterFactory factory)
        : this(factory.Create(MeterName)) => _canary = new BackplaneMetrics(factory.Create(CanaryMeterName));

    private BackplaneMetrics(Meter meter)
    {
        _publications = meter.CreateCounter<long>("chat.backplane.publications", "{message}", "Publications by mode and outcome.");
        _publishDuration = meter.CreateHistogram("chat.backplane.publish.duration", "s", "From the publication to Redis's answer.", tags: null, Latencies);
        _deliveryDuration = meter.CreateHistogram("chat.backplane.delivery.duration", "s", "From the publication to hearing it back on the same instance, by one clock.", tags: null, Latencies);
        _repairs = meter.CreateCounter<long>("chat.backplane.repairs", "{repair}", "Reads of a room's stream that were begun because messages were missing, by reason.");
        _repaired = meter.CreateCounter<long>("chat.backplane.repaired_messages", "{message}", "Messages that were delivered from the history instead of the subscription.");
        _repeats = meter.CreateCounter<long>("chat.backplane.repeats", "{message}", "Messages that were heard though they were delivered already, and dropped.");
        _passedOver = meter.CreateCounter<long>("chat.backplane.passed_over", "{message}", "Messages that came faster than they were handled and were passed over; mode stream repairs them.");
        _unreadable = meter.CreateCounter<long>("chat.backplane.unreadable", "{message}", "Messages in a format or of a mode that is not this one's.");
        _resyncs = meter.CreateCounter<long>("chat.backplane.resyncs", "{resync}", "Rooms whose continuity was lost and announced, by reason.");
        _signalsLost = meter.CreateCounter<long>("chat.backplane.signals_lost", "{signal}", "Signals that Redis did not take.");
        _rebuilds = meter.CreateCounter<long>("chat.backplane.rebuilds", "{connection}", "Connections that were rebuilt because the delivery probe or the canary went unheard.");
        _probeDuration = meter.CreateHistogram("chat.backplane.probe.duration", "s", "From sending the delivery probe to hearing it.", tags: null, Latencies);
        _reads = meter.CreateCounter<long>("chat.history.reads", "{read}", "Reads of a room's history in Redis.");
        _sharedReads = meter.CreateCounter<long>("chat.history.shared_reads", "{read}", "Reads that were answered by another caller's read.");
        meter.CreateObservableGauge("chat.backplane.probe.heard", () => ProbeHeard ? 1 : 0, description: "1 while this instance hears its own delivery probe.");
    }

    /// <summary>Whether the delivery probe is heard.</summary>
    public bool ProbeHeard { get; set; }

    /// <summary>Where to count what is done for a room: the canary's beats are nobody's messages.</summary>
    public BackplaneMetrics Of(string room) => _canary is not null && room == CanaryRoom.Name ? _canary : this;

    public void Published(BackplaneMode mode, PublishStatus status, TimeSpan duration)
    {
        _publications.Add(1, new("chat.backplane.mode", mode.Name()), new("chat.outcome", status switch
        {
            PublishStatus.Published => "published",
            PublishStatus.IdConflict => "id_conflict",
            _ => "unavailable",
        }));
        _publishDuration.Record(duration.TotalSeconds);
    }

    public void Delivered(TimeSpan age) => _deliveryDuration.Record(age.TotalSeconds);

    public void RepairBegan(string reason) => _repairs.Add(1, new KeyValuePair<string, object?>("chat.reason", reason));

    public void Repaired(int messages) => _repaired.Add(messages);

    public void Repeated() => _repeats.Add(1);

    public void PassedOver(int messages) => _passedOver.Add(messages);

    public void Unreadable() => _unreadable.Add(1);

    public void Resynced(string reason) => _resyncs.Add(1, new KeyValuePair<string, object?>("chat.reason", reason));

    public void SignalLost() => _signalsLost.Add(1);

    public void Rebuilt() => _rebuilds.Add(1);

    public void Probed(TimeSpan delay) => _probeDuration.Record(delay.TotalSeconds);

    public void HistoryRead() => _reads.Add(1);

    public void HistoryShared() => _sharedReads.Add(1);
}
