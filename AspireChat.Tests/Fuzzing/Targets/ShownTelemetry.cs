using System.Net;
using System.Text.Json;
using AspireChat.Tests.Dashboard;
using LocalAspire.Dashboard.Charts;
using LocalAspire.Dashboard.Telemetry;

namespace AspireChat.Tests.Fuzzing.Targets;

/// <summary>Reads all that a dashboard holds as its pages and its API do: whatever was sent, they can show it, and it lies within the bounds.</summary>
internal sealed class ShownTelemetry(RunningDashboard dashboard, long maxBytes) : IDisposable
{
    // Of the whole process: three stores, what is being read, and what the collector has yet to take away.
    private const long MaxHeap = 1L << 30;

    private readonly HttpClient _http = Client(dashboard);

    public void Review()
    {
        foreach (var path in (string[])["resources", "spans?limit=300", "logs?limit=300", "traces?limit=300"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"api/telemetry/{path}");
            using var answer = _http.Send(request, TestContext.Current.CancellationToken);
            using var json = JsonDocument.Parse(answer.Content.ReadAsStream());
            if (answer.StatusCode != HttpStatusCode.OK)
            {
                throw new FuzzException($"'{path}' answers {answer.StatusCode}: {json.RootElement}");
            }
        }

        // Summed up as they are read.
        _ = dashboard.Telemetry.Traces.Read();
        ReviewCharts();
        ReviewMemory();
    }

    public void Dispose() => _http.Dispose();

    private void ReviewCharts()
    {
        var now = Timestamp.From(DateTimeOffset.UnixEpoch.AddSeconds(1_700_000_500));
        var all = dashboard.Telemetry.Resources.All;
        foreach (var instrument in dashboard.Telemetry.Metrics.ReadInstruments([.. all]).TakeLast(60))
        {
            var series = dashboard.Telemetry.Metrics.ReadSeries([.. all], instrument.Key, default);
            foreach (var split in (string[])[ChartQuery.Together, ChartQuery.ByResource, "quantile"])
            {
                var frame = ChartBuilder.Build(instrument, series, new ChartQuery { Window = ChartWindow.All[4], SplitBy = split }, now);
                if (frame.Lines.SelectMany(line => line.Values).Any(value => value is { } number && !double.IsFinite(number)))
                {
                    throw new FuzzException($"A chart of '{instrument.Key.Name}', a {instrument.Kind} split by '{split}', has a value that is no number.");
                }
            }
        }
    }

    private void ReviewMemory()
    {
        var telemetry = dashboard.Telemetry;
        var (traces, logs, metrics) = (telemetry.Traces.Weight, telemetry.Logs.Weight, telemetry.Metrics.Weight);
        if (traces > maxBytes || logs > maxBytes || metrics > maxBytes)
        {
            throw new FuzzException($"Traces, logs and metrics weigh {traces}, {logs} and {metrics} bytes; allowed are {maxBytes} each.");
        }

        // In an ordinary run other tests share the process.
        if (Fuzzer.IsLong && GC.GetTotalMemory(forceFullCollection: false) is > MaxHeap and var heap)
        {
            throw new FuzzException($"The heap has {heap} bytes, with traces, logs and metrics of {traces}, {logs} and {metrics}.");
        }
    }

    private static HttpClient Client(RunningDashboard dashboard)
    {
        var http = new HttpClient { BaseAddress = dashboard.Frontend };
        http.DefaultRequestHeaders.Add("x-api-key", RunningDashboard.ApiKey);
        return http;
    }
}
