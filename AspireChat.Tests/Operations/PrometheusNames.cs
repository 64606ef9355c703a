using System.Diagnostics.Metrics;

namespace AspireChat.Tests.Operations;

/// <summary>
/// How an instrument is called in Prometheus (https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/): underscores for dots, the
/// unit in words at the end, and <c>_total</c> after a counter.
/// </summary>
internal static class PrometheusNames
{
    private static readonly Dictionary<string, string> Units = new() { ["s"] = "_seconds", ["By"] = "_bytes" };

    public static string Of(string name, string? unit, bool isCounter) =>
        name.Replace('.', '_') + Units.GetValueOrDefault(unit ?? "", "") + (isCounter ? "_total" : "");

    /// <summary>All series of an instrument: of a histogram there are three.</summary>
    public static IEnumerable<string> Of(Instrument instrument)
    {
        var kind = instrument.GetType().Name;
        var name = Of(instrument.Name, instrument.Unit, kind.StartsWith("Counter", StringComparison.Ordinal) || kind.StartsWith("ObservableCounter", StringComparison.Ordinal));
        return kind.StartsWith("Histogram", StringComparison.Ordinal) ? [$"{name}_bucket", $"{name}_sum", $"{name}_count"] : [name];
    }
}
