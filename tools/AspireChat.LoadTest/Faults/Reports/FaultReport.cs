using System.Text.Json.Serialization;
using AspireChat.LoadTest.Auditing.Checking;
using AspireChat.LoadTest.Faults.Measuring;

namespace AspireChat.LoadTest.Faults.Reports;

/// <summary>What a run of faults came to.</summary>
internal sealed record FaultReport
{
    public required int Seed { get; init; }

    public required DateTimeOffset Date { get; init; }

    /// <summary>How long clients sent.</summary>
    public required double Seconds { get; init; }

    public required bool Interrupted { get; init; }

    /// <summary>What was asked for.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    public required IReadOnlyList<FaultOutcome> Faults { get; init; }

    /// <summary>Of the clients that were there all the time; null when the run was interrupted before.</summary>
    public required Verdict? Verdict { get; init; }

    public required IReadOnlyList<RunPoint> Timeline { get; init; }

    public required IReadOnlyList<ProcessMemory> Memory { get; init; }

    public required IReadOnlyList<MemoryGrowth> Growth { get; init; }

    /// <summary>Why it has failed; empty when it has not.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Failures =>
    [
        .. Faults.SelectMany(fault => fault.Failures.Select(failure => $"Fault {fault.Number} at {fault.Began:0} s: {failure}")),
        .. Verdict is { HoldsPromises: false } ? ["The record of the clients breaks what is promised: see the verdict."] : (string[])[],
        .. Verdict is { UnexcusedLosses: > 0 and var losses } ? [$"Clients were told {losses} times that messages were lost, beside the faults that may cost messages."] : (string[])[],
        .. Verdict is { Missed: > 0 } or { Surplus: > 0 } ? [$"Without a stream, {Verdict.Missed} deliveries were missed and {Verdict.Surplus} were too many."] : (string[])[],
        .. Growth.Where(growth => growth is { IsJudged: true, IsFlat: false }).Select(growth => $"The memory of '{growth.Name}' grew by {growth.PerHour:0} MB an hour; at most {MemoryGrowth.AllowedPerHour:0} are allowed."),
    ];

    public bool Passed => Verdict is not null && Failures.Count == 0;

    /// <summary>Recovery by fault.</summary>
    [JsonIgnore]
    public IEnumerable<FaultSummary> Summaries => Faults.GroupBy(fault => fault.Number).OrderBy(group => group.Key).Select(FaultSummary.Of);
}

/// <summary>All times that one fault came.</summary>
internal sealed record FaultSummary(int Number, string Name, int Times, int Failed, double? Fastest, double? Median, double? Slowest)
{
    public static FaultSummary Of(IGrouping<int, FaultOutcome> fault)
    {
        double[] recoveries = [.. fault.Select(one => one.RecoverySeconds).OfType<double>().Order()];
        return new FaultSummary(
            fault.Key,
            fault.First().Name,
            fault.Count(),
            fault.Count(one => !one.Passed),
            recoveries is [var fastest, ..] ? fastest : null,
            recoveries.Length > 0 ? recoveries[recoveries.Length / 2] : null,
            recoveries is [.., var slowest] ? slowest : null);
    }
}

[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web, WriteIndented = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(FaultReport))]
internal sealed partial class FaultJson : JsonSerializerContext;
