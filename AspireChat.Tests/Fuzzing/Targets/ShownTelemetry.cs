using System.Net;
using System.Text.Json;
using AspireChat.Tests.Dashboard;
using LocalAspire.Dashboard.Charts;
using LocalAspire.Dashboard.Telemetry;

namespace AspireChat.Tests.Fuzzing.Targets;

/// <summary>Reads all that a dashboard holds as its pages and its API do: whatever was sent, they can show it.</summary>
internal sealed class ShownTelemetry(RunningDashboard dashboard) : IDisposable
{
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

    private static HttpClient Client(RunningDashboard dashboard)
    {
        var http = new HttpClient { BaseAddress = dashboard.Frontend };
        http.DefaultRequestHeaders.Add("x-api-key", RunningDashboard.ApiKey);
        return http;
    }
}
