using System.Globalization;
using AspireChat.CostGuard.Measuring;
using AspireChat.CostGuard.Peers;

namespace AspireChat.CostGuard;

/// <summary>Measures both sides under the same load, and compares their ratio with the one on record.</summary>
internal static class Guard
{
    private const int Passed = 0;
    private const int Failed = 1;

    /// <summary>So much worse is a failure; noise is less.</summary>
    private const double Tolerance = 1.25;

    /// <summary>A trickle, where each message is written alone, and a stream, where they gather.</summary>
    private static readonly double[] Rates = [50, 200];
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);

    public static Task<int> RunAsync(bool record, int rounds, CancellationToken cancellationToken)
    {
        if (Conditions.Missing is { } missing)
        {
            Say($"Skipped: {missing}.");
            return Task.FromResult(Passed);
        }

        return Conditions.MeasureAsync(() => MeasureAsync(record, rounds, cancellationToken));
    }

    private static async Task<int> MeasureAsync(bool record, int rounds, CancellationToken cancellationToken)
    {
        await using var ours = await Side.StartAsync(new AspireChatPeer(), new Shape(), cancellationToken);
        await using var peer = await Side.StartAsync(new SignalRPeer(), new Shape(), cancellationToken);
        // Until compilers have come to their end, costs are theirs.
        foreach (var side in (Side[])[ours, peer, ours, peer])
            await side.MeasureAsync(Rates[^1], WarmUp, cancellationToken);

        return record ? await RecordAsync(ours, peer, rounds, cancellationToken) : await CheckAsync(ours, peer, rounds, cancellationToken);
    }

    private static async Task<int> RecordAsync(Side ours, Side peer, int rounds, CancellationToken cancellationToken)
    {
        var comparisons = await Comparison.MeasureAsync(ours, peer, Rates, rounds, cancellationToken);
        foreach (var comparison in comparisons)
            Show(comparison);

        if (IsBusy())
            Say($"This machine does much else, which SignalR suffers from more: record again when it is quiet, or a quiet one will find too much.");

        await RecordedRatios.WriteAsync(RecordedRatios.Path, comparisons);
        Say($"Recorded in '{RecordedRatios.Path}'.");
        return Passed;
    }

    private static async Task<int> CheckAsync(Side ours, Side peer, int rounds, CancellationToken cancellationToken)
    {
        var recorded = await RecordedRatios.ReadAsync(RecordedRatios.Path);
        var suspects = Rates;
        // A ratio that is too high is measured once more: only what is so twice is no accident.
        for (var attempt = 1; attempt <= 2 && suspects.Length > 0; attempt++)
        {
            var comparisons = await Comparison.MeasureAsync(ours, peer, suspects, rounds, cancellationToken);
            foreach (var comparison in comparisons)
                Show(comparison, recorded.Of(comparison.Rate));

            suspects = [.. comparisons.Where(comparison => comparison.Ratio > recorded.Of(comparison.Rate) * Tolerance).Select(comparison => comparison.Rate)];
        }

        if (suspects.Length == 0)
            return Passed;

        Say($"FAILED: at {string.Join(" and ", suspects)} msg/s a delivery costs over {Tolerance - 1:0%} more, against SignalR's, than is on record.");
        return Failed;
    }

    /// <summary>Both sides take turns, so that about one core's worth runs at a time; more of it is somebody else's.</summary>
    private static bool IsBusy() =>
        double.TryParse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture, out var load) && load > Environment.ProcessorCount * 2;

    private static void Show(Comparison comparison, double? recorded = null) => Say(
        $"{comparison.Rate,4} msg/s: CPU per delivery {comparison.Ours.TotalMicroseconds,6:0.00} µs, SignalR's {comparison.Peer.TotalMicroseconds,6:0.00} µs; ratio {comparison.Ratio:0.000}{(recorded is { } ratio ? FormattableString.Invariant($", on record {ratio:0.000}, at most {ratio * Tolerance:0.000}") : "")}");

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
