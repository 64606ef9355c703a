using LocalAspire.Dashboard.Telemetry;
using LocalAspire.Dashboard.Telemetry.Traces;

namespace LocalAspire.Dashboard.Components.Pages.Traces;

/// <summary>How far chat messages got: which instances there are, and how many messages were fanned out in how many of them.</summary>
public sealed class MessageReach
{
    private MessageReach(IReadOnlyList<TelemetryResource> instances, SortedDictionary<int, int> messagesByReach, int others, int errors)
    {
        Instances = instances;
        MessagesByReach = messagesByReach;
        Others = others;
        Errors = errors;
    }

    /// <summary>Every resource that took in or fanned out a message, by name.</summary>
    public IReadOnlyList<TelemetryResource> Instances { get; }

    public IReadOnlyDictionary<int, int> MessagesByReach { get; }

    /// <summary>Traces that follow no message.</summary>
    public int Others { get; }

    public int Errors { get; }

    public int Messages => MessagesByReach.Values.Sum();

    public static MessageReach Of(TraceSummary[] traces)
    {
        var instances = new HashSet<TelemetryResource>();
        var byReach = new SortedDictionary<int, int>();
        var (others, errors) = (0, 0);
        foreach (var trace in traces)
        {
            if (trace.ErrorCount > 0) errors++;
            if (!trace.IsMessage)
            {
                others++;
                continue;
            }

            foreach (var one in trace.Resources)
                if (one.Receipts + one.Deliveries > 0) instances.Add(one.Resource);

            byReach[trace.Reach] = byReach.GetValueOrDefault(trace.Reach) + 1;
        }

        // A restarted instance is the same place under a new id: it has one mark.
        return new MessageReach([.. instances.OrderBy(one => one.Name, StringComparer.Ordinal).DistinctBy(one => one.Name)], byReach, others, errors);
    }
}
