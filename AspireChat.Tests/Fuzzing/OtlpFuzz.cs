using AspireChat.Tests.Dashboard;
using AspireChat.Tests.Fuzzing.Targets;
using Google.Protobuf;
using LocalAspire.Dashboard.Otlp;
using LocalAspire.Dashboard.Telemetry;

namespace AspireChat.Tests.Fuzzing;

/// <summary>Fuzzes one signal of a dashboard of its own.</summary>
internal static class OtlpFuzz
{
    private const int SeedRequests = 12;

    /// <summary>Little enough that a run of minutes comes to its end, and shows what happens there.</summary>
    private const int MaxBytes = 32 << 20;

    public static async Task RunAsync<TRequest, TResponse>(
        string signal, Func<Random, TRequest> generate, Func<RunningDashboard, IOtlpIngest<TRequest, TResponse>> ingest)
        where TRequest : IMessage<TRequest>, new()
        where TResponse : IMessage<TResponse>
    {
        await using var dashboard = await RunningDashboard.StartAsync($"{TelemetryLimits.SectionName}:{nameof(TelemetryLimits.MaxBytes)}={MaxBytes}");
        using var shown = new ShownTelemetry(dashboard, MaxBytes);
        var random = new Random(1);
        var seeds = Enumerable.Range(0, SeedRequests).Select(_ => generate(random)).ToList();

        Fuzzer.Run(new OtlpTarget<TRequest, TResponse>(signal, ingest(dashboard), seeds, generate, shown.Review), ordinary: 120);
    }
}
