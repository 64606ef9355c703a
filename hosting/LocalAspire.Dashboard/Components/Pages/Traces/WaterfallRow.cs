using LocalAspire.Dashboard.Telemetry.Logs;
using LocalAspire.Dashboard.Telemetry.Traces;

namespace LocalAspire.Dashboard.Components.Pages.Traces;

/// <summary>A line of the waterfall: a span, or a log entry written within one.</summary>
/// <param name="Span">The span; of a log entry, the one it was written in, null where that is not here.</param>
/// <param name="Log">The log entry; null on a span's own line.</param>
/// <param name="Depth">How far it is set in.</param>
/// <param name="HasChildren">True where it can be folded.</param>
public sealed record WaterfallRow(Span? Span, LogEntry? Log, int Depth, bool HasChildren);
