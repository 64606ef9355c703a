using System.Globalization;
using AspireChat.LoadTest.Load.Reports;

namespace AspireChat.LoadTest.Load;

/// <summary>What a run must keep to pass.</summary>
/// <remarks>
/// A lost, repeated or disordered message is a failure at any rate. Latency, and keeping up, are asked of the steps up to <see cref="MinRate"/> alone,
/// so that a ladder may be climbed until it breaks.
/// </remarks>
internal sealed record Thresholds
{
    /// <summary>Share of a schedule that must be kept, else the generator or the server fell behind.</summary>
    private const double KeptShare = 0.98;

    /// <summary>Default 500 ms.</summary>
    public TimeSpan MaxP99 { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Default 0.</summary>
    public long MaxLost { get; init; }

    /// <summary>Default 0.</summary>
    public long MaxRepeated { get; init; }

    /// <summary>Default 0.</summary>
    public long MaxOutOfOrder { get; init; }

    /// <summary>Messages a second that must be sustained. Default null: every step.</summary>
    public double? MinRate { get; init; }

    /// <summary>Within what time all must be back after a storm, or connected when idle. Default null: any.</summary>
    public TimeSpan? MaxReturn { get; init; }

    /// <summary>What was not as it must be in a step.</summary>
    public IReadOnlyList<string> Judge(StepReport step)
    {
        List<string> problems = [.. BrokenPromises(step)];
        if (step.Latency.P99 > MaxP99.TotalMilliseconds)
            problems.Add(Text($"The p99 latency was {step.Latency.P99:0.0} ms; at most {MaxP99.TotalMilliseconds:0.#} ms may be."));

        if (step.Sent < step.Due * KeptShare)
            problems.Add(Text($"Only {step.Sent} of {step.Due} messages could be sent: publishers were away or held back."));

        if (step.Acknowledged < step.Sent)
            problems.Add(Text($"{step.Sent - step.Acknowledged} of {step.Sent} messages were not acknowledged{ErrorsOf(step)}."));

        if (step.WorstLag > MaxP99.TotalMilliseconds)
            problems.Add(Text($"This machine sent up to {step.WorstLag:0} ms behind the schedule: too little of it is left for the generator."));

        if (MaxReturn is { } most && step.Return.Max > most.TotalMilliseconds)
            problems.Add(Text($"The last connection was there after {step.Return.Max / 1e3:0.0} s; {most.TotalSeconds:0.#} s may pass."));

        if (step.Away > 0)
            problems.Add(Text($"{step.Away} connections were not there at the end."));

        var unasked = step.Closes.Values.Sum();
        if (unasked > 0)
            problems.Add(Text($"The server ended {unasked} connections: {string.Join(", ", step.Closes.Select(close => $"{close.Key} × {close.Value}"))}."));

        return problems;
    }

    /// <summary>Why a run fails.</summary>
    public IReadOnlyList<string> Judge(LoadReport report)
    {
        var failures = new List<string>();
        foreach (var step in report.Steps)
        {
            var asked = MinRate is not { } least || step.Rate <= least;
            failures.AddRange((asked ? step.Problems : BrokenPromises(step)).Select(problem => $"{step.Name}: {problem}"));
        }

        if (MinRate is { } rate && (report.SustainedRate ?? 0) < rate)
            failures.Add(Text($"The highest rate sustained was {report.SustainedRate ?? 0:0.#} messages/s; {rate:0.#} are asked for."));

        return failures;
    }

    private IEnumerable<string> BrokenPromises(StepReport step)
    {
        if (step.Lost > MaxLost)
            yield return Text($"{step.Lost} of {step.Expected} deliveries were lost; {AtMost(MaxLost)}.");

        if (step.Repeated > MaxRepeated)
            yield return Text($"{step.Repeated} deliveries were repeated; {AtMost(MaxRepeated)}.");

        if (step.OutOfOrder > MaxOutOfOrder)
            yield return Text($"{step.OutOfOrder} deliveries came out of order; {AtMost(MaxOutOfOrder)}.");

        if (step.Corrupt > 0)
            yield return Text($"{step.Corrupt} deliveries were corrupt, or of another room.");
    }

    private static string AtMost(long most) => most == 0 ? "none may be" : Text($"at most {most} may be");

    private static string ErrorsOf(StepReport step) =>
        step.Errors.Count == 0 ? "" : $" ({string.Join(", ", step.Errors.Select(error => $"{error.Key} × {error.Value}"))})";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
