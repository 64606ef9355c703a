using System.Diagnostics;
using System.Globalization;
using AspireChat.ChatServer.Backplane;
using AspireChat.ChatServer.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace AspireChat.Tests.Telemetry;

/// <summary>What the spans of a message cost the instance that it passes, counted in time of the thread that pays.</summary>
public sealed class TracingCostTests
{
    private const int Messages = 20_000;

    [Fact]
    public void Tracing_takes_less_than_a_twentieth_of_a_core_at_full_load_and_an_unsampled_message_next_to_nothing()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Counts a thread's time as Linux tells it.");

        var (sampled, _) = CostOfOne(tracesPerSecond: int.MaxValue);
        var (unsampled, bytes) = CostOfOne(tracesPerSecond: 0);

        TestContext.Current.TestOutputHelper?.WriteLine($"A sampled message: {sampled:0.0} µs; one that is not: {unsampled:0.00} µs and {bytes:0} bytes.");

        // By default 100 traces a second and instance, each delivered on all; asserted at four times that.
        Assert.True(sampled * 100 * 4 < 1_000_000 / 20, $"A sampled message costs {sampled:0.0} µs.");
        Assert.True(unsampled < 4 * 0.5, $"An unsampled message costs {unsampled:0.00} µs.");
        Assert.True(bytes < 1, $"An unsampled message costs {bytes:0} bytes.");
    }

    private static (double Microseconds, double Bytes) CostOfOne(int tracesPerSecond)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("Telemetry:TracesPerSecond", tracesPerSecond.ToString(CultureInfo.InvariantCulture))]).Build();
        using var services = new ServiceCollection().AddSingleton<IConfiguration>(settings).AddChatTelemetry().BuildServiceProvider();
        var telemetry = services.GetRequiredService<ChatTelemetry>();
        using var provider = Sdk.CreateTracerProviderBuilder()
            .AddSource(TelemetryNames.Scope)
            .SetSampler(new ParentBasedSampler(new RateLimitedSampler(new TraceAllowance(settings, TimeProvider.System))))
            .AddProcessor(new BatchActivityExportProcessor(new Nowhere()))
            .Build();
        Pass(telemetry, Messages / 10);

        var (before, allocated) = (OnCore(), GC.GetAllocatedBytesForCurrentThread());
        Pass(telemetry, Messages);
        return ((OnCore() - before) / Messages, (GC.GetAllocatedBytesForCurrentThread() - allocated) / (double)Messages);
    }

    /// <summary>As messages pass the instance that their sender is on.</summary>
    private static void Pass(ChatTelemetry telemetry, int messages)
    {
        var upgrade = new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded);
        var untraced = new RoomMessage { Body = default };
        for (var i = 0; i < messages; i++)
        {
            var receive = telemetry.Receive("lobby", "an-id", BackplaneMode.Stream, upgrade);
            var publish = telemetry.Publish("lobby", receive);
            using (telemetry.Deliver("lobby", publish is null ? untraced : new RoomMessage { Body = default, Offset = i, TraceContext = publish.Context }))
            {
                // Given to the connections here.
            }

            ChatTelemetry.End(publish, receive, PublishResult.Unavailable);
        }
    }

    /// <summary>Microseconds that this thread was on a core.</summary>
    private static double OnCore() => long.Parse(File.ReadAllText("/proc/thread-self/schedstat").Split(' ')[0], CultureInfo.InvariantCulture) / 1000.0;

    private sealed class Nowhere : BaseExporter<Activity>
    {
        public override ExportResult Export(in Batch<Activity> batch) => ExportResult.Success;
    }
}
