using System.Runtime.CompilerServices;
using System.Threading.Channels;
using LocalAspire.Dashboard.Telemetry;
using LocalAspire.Dashboard.Telemetry.Logs;
using LocalAspire.Dashboard.Telemetry.Traces;

namespace LocalAspire.Dashboard.Api;

/// <summary>What is kept, then what comes, each once. A reader that is too slow misses the oldest of what waits for it.</summary>
internal static class LiveFeed
{
    private const int Waiting = 10_000;

    public static async IAsyncEnumerable<Span> SpansAsync(TelemetryStore store, TelemetryQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Listening starts before reading, else what comes between the two is lost; what both have is told apart by its id.
        var channel = NewChannel<Span>();
        store.Traces.Added += Take;
        try
        {
            var kept = store.Traces.Read().SelectMany(trace => trace.Spans.ToArray()).Where(query.Wants).OrderBy(span => span.End).TakeLast(query.Limit).ToList();
            var known = kept.Select(span => (span.TraceId, span.Id)).ToHashSet();
            foreach (var span in kept) yield return span;
            await foreach (var span in channel.Reader.ReadAllAsync(cancellationToken))
                if (!known.Contains((span.TraceId, span.Id))) yield return span;
        }
        finally
        {
            store.Traces.Added -= Take;
        }

        void Take(IReadOnlyList<Span> spans)
        {
            foreach (var span in spans)
                if (query.Wants(span)) channel.Writer.TryWrite(span);
        }
    }

    public static async IAsyncEnumerable<LogEntry> LogsAsync(TelemetryStore store, TelemetryQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // As above; entries are numbered.
        var channel = NewChannel<LogEntry>();
        store.Logs.Added += Take;
        try
        {
            var kept = store.Logs.Read().Where(query.Wants).OrderBy(entry => entry.Number).TakeLast(query.Limit).ToList();
            var last = kept.Count > 0 ? kept[^1].Number : 0;
            foreach (var entry in kept) yield return entry;
            await foreach (var entry in channel.Reader.ReadAllAsync(cancellationToken))
                if (entry.Number > last) yield return entry;
        }
        finally
        {
            store.Logs.Added -= Take;
        }

        void Take(IReadOnlyList<LogEntry> entries)
        {
            foreach (var entry in entries)
                if (query.Wants(entry)) channel.Writer.TryWrite(entry);
        }
    }

    private static Channel<T> NewChannel<T>() =>
        Channel.CreateBounded<T>(new BoundedChannelOptions(Waiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
}
