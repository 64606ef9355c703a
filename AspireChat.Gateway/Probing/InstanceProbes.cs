using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace AspireChat.Gateway.Probing;

/// <summary>
/// Takes an instance in with the first good probe, and out with so many failed ones in a row. One that was never ready is starting, which is nothing to be
/// warned of, unless that goes on.
/// </summary>
internal sealed partial class InstanceProbes(
    IDestinationHealthUpdater health, IOptions<GatewayOptions> options, TimeProvider time, ILogger<InstanceProbes> logger) : IActiveHealthCheckPolicy
{
    public const string PolicyName = "InstanceProbes";

    /// <summary>No instance takes so long to start.</summary>
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(30);

    private readonly ConditionalWeakTable<DestinationState, ProbeRecord> _records = [];

    public string Name => PolicyName;

    public void ProbingCompleted(ClusterState cluster, IReadOnlyList<DestinationProbingResult> probingResults) =>
        health.SetActive(cluster, [.. probingResults.Select(result => new NewActiveDestinationHealth(result.Destination, Judge(result)))]);

    private DestinationHealth Judge(DestinationProbingResult result)
    {
        var instance = result.Destination.DestinationId;
        var record = _records.GetValue(result.Destination, _ => new ProbeRecord(time.GetTimestamp()));
        lock (record)
        {
            if (result.Response is { IsSuccessStatusCode: true })
            {
                if (!record.WasReady)
                    LogReady(instance);
                else if (record.Failures >= options.Value.ProbeFailures)
                    LogBack(instance);

                (record.WasReady, record.Failures) = (true, 0);
                return DestinationHealth.Healthy;
            }

            record.Failures++;
            if (record.Failures < options.Value.ProbeFailures)
                return result.Destination.Health.Active;

            if (record.WasReady && record.Failures == options.Value.ProbeFailures)
                LogOut(instance, record.Failures, ReasonOf(result));

            if (!record.WasReady && !record.Warned && time.GetElapsedTime(record.KnownSince) > LongestStart)
            {
                record.Warned = true;
                LogNeverReady(instance, LongestStart.TotalSeconds, ReasonOf(result));
            }

            return DestinationHealth.Unhealthy;
        }
    }

    private static string ReasonOf(DestinationProbingResult result) => result switch
    {
        { Response: { } answer } => $"it answered {(int)answer.StatusCode}",
        { Exception: OperationCanceledException } => "it did not answer in time",
        { Exception: { } exception } => exception.Message,
        _ => "it did not answer",
    };

    [LoggerMessage(LogLevel.Information, "Instance '{Instance}' is ready.")]
    private partial void LogReady(string instance);

    [LoggerMessage(LogLevel.Warning, "Instance '{Instance}' is out: {Failures} probes in a row failed, the last because {Reason}.")]
    private partial void LogOut(string instance, int failures, string reason);

    [LoggerMessage(LogLevel.Information, "Instance '{Instance}' is back.")]
    private partial void LogBack(string instance);

    [LoggerMessage(LogLevel.Warning, "Instance '{Instance}' has not been ready in {Seconds:0} s: {Reason}. It is used as soon as it is.")]
    private partial void LogNeverReady(string instance, double seconds, string reason);

    /// <param name="knownSince">When it was probed first.</param>
    private sealed class ProbeRecord(long knownSince)
    {
        public long KnownSince { get; } = knownSince;

        public int Failures { get; set; }

        public bool WasReady { get; set; }

        public bool Warned { get; set; }
    }
}
