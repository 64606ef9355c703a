using LocalAspire.Dashboard.Otlp;

namespace AspireChat.Tests.Dashboard;

/// <summary>Fills a dashboard with the story of <see cref="SampleTelemetry"/>, by the way that requests take once they are read.</summary>
internal static class SampleStore
{
    /// <param name="messages">One a 100 ms up to now: each sixth in mode local, one of all fails, and some upgrades pass the gateway.</param>
    public static SampleTelemetry Fill(RunningDashboard dashboard, int messages)
    {
        var sample = new SampleTelemetry();
        var (traces, logs, metrics) = (dashboard.Service<TraceIngest>(), dashboard.Service<LogIngest>(), dashboard.Service<MetricIngest>());
        var start = TimeProvider.System.GetUtcNow().AddMilliseconds(-100 * messages);
        var (upgradeTrace, upgradeSpan) = (sample.Id(16), sample.Id(8));
        for (var i = 0; i < messages; i++)
        {
            var at = start.AddMilliseconds(100 * i);
            if (i % 20 == 0)
                foreach (var request in sample.Upgrade(at, out upgradeTrace, out upgradeSpan)) traces.Take(request);

            foreach (var request in sample.Message(at, mode: i % 6 == 5 ? "local" : "stream", fails: i == messages / 2, upgradeTrace, upgradeSpan)) traces.Take(request);
            if (i % 10 == 0)
                foreach (var instance in SampleTelemetry.Instances) metrics.Take(sample.Metrics(at, start, instance));
        }

        logs.Take(SampleTelemetry.Log(start, "chat-1", 9, "Fanned out to {Receivers} connections", sample.Messages[^2], null, SampleTelemetry.Number("Receivers", 12)));
        logs.Take(SampleTelemetry.Log(start.AddSeconds(1), "gateway", 13, "Destination {Destination} was slow to accept", null, null, SampleTelemetry.Text("Destination", "chat-2")));
        logs.Take(SampleTelemetry.Log(start.AddSeconds(2), "chat-2", 17, "The backplane refused a message: {Reason}", sample.Messages[messages / 2], null, SampleTelemetry.Text("Reason", "Redis does not answer.")));
        return sample;
    }
}
