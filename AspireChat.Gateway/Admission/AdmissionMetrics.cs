using System.Diagnostics.Metrics;

namespace AspireChat.Gateway.Admission;

/// <summary>What tells that more connections come than can be opened.</summary>
internal sealed class AdmissionMetrics
{
    public const string MeterName = "AspireChat.Gateway";

    private readonly Counter<long> _refused;

    public AdmissionMetrics(IMeterFactory factory, AdmissionQueue queue)
    {
        var meter = factory.Create(MeterName);
        _refused = meter.CreateCounter<long>("chat.gateway.openings.refused", "{connection}", "Connections that were answered with 503, as their turn to be opened did not come in time.");
        meter.CreateObservableGauge("chat.gateway.openings.waiting", () => queue.Waiting, "{connection}", "Connections that wait for their turn to be opened.");
    }

    public void Refused() => _refused.Add(1);
}
