using System.Diagnostics;
using System.Globalization;
using AspireChat.LoadTest.Auditing;
using AspireChat.LoadTest.Auditing.Checking;
using AspireChat.LoadTest.Auditing.Clients;
using AspireChat.LoadTest.Faults.Deployments;

namespace AspireChat.LoadTest.Faults;

/// <summary>What one fault has to work with, and what it has found.</summary>
internal sealed class FaultContext(Deployment deployment, Audit audit, FaultRunOptions options, Random random)
{
    /// <summary>So long it may take, at most, until messages flow again, before it counts as never.</summary>
    private static readonly TimeSpan FlowTimeout = TimeSpan.FromSeconds(30);

    private readonly List<string> _failures = [];
    private readonly List<string> _notes = [];

    public Deployment Deployment => deployment;

    /// <summary>The clients that are there all the time.</summary>
    public Audit Audit => audit;

    public FaultRunOptions Options => options;

    public Random Random => random;

    public IReadOnlyList<string> Failures => _failures;

    public IReadOnlyList<string> Notes => _notes;

    /// <summary>From the end of the trouble until messages flowed again; null before it was measured.</summary>
    public TimeSpan? Recovery { get; private set; }

    /// <summary>An instance to be met by the fault. Never the first: one that lives through the whole run shows whether memory stays flat.</summary>
    public Unit Victim() => deployment.Regulars.ElementAt(random.Next(1, deployment.Regulars.Count()));

    public AuditClient[] On(Unit instance) => [.. audit.Clients.Where(client => client.IsJoined && client.Instance == instance.Name)];

    public void Note(FormattableString note) => _notes.Add(note.ToString(CultureInfo.InvariantCulture));

    /// <summary>Something is not as it should be. While faults overlap it may be another's doing, and is only noted.</summary>
    public void Fail(string failure) => (options.Overlap ? _notes : _failures).Add(options.Overlap ? $"not as expected: {failure}" : failure);

    public void Expect(bool holds, FormattableString failure)
    {
        if (!holds)
            Fail(failure.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Asserts a time bound.</summary>
    public void Within(string what, TimeSpan took, double seconds)
    {
        Note($"{what} {took.TotalSeconds:0.0} s");
        Expect(took.TotalSeconds <= seconds * options.Patience, $"{what} {took.TotalSeconds:0.0} s; at most {seconds * options.Patience:0.#} s are allowed.");
    }

    /// <summary>Waits until messages flow everywhere again, and takes the time, if that was not done before.</summary>
    /// <param name="since">When the trouble was over, by <see cref="Stopwatch"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>How long it took until a message passed between all instances; the clients, who have their own pace, may have taken longer.</returns>
    public async Task<TimeSpan> FlowAgainAsync(long since, CancellationToken cancellationToken)
    {
        var clients = audit.WaitUntilFlowingAsync(FlowTimeout, cancellationToken);
        TimeSpan passed;
        try
        {
            await Pulse.WaitAsync(deployment, FlowTimeout, cancellationToken);
            passed = Stopwatch.GetElapsedTime(since);
        }
        finally
        {
            await clients;
        }

        Recovery ??= Stopwatch.GetElapsedTime(since);
        return passed;
    }

    /// <summary>Waits until so many clients have joined again.</summary>
    public async Task RejoinAsync(int joinsBefore, int clients, CancellationToken cancellationToken) =>
        await UntilAsync(() => audit.Joins >= joinsBefore + clients && audit.IsJoined, FlowTimeout, $"{clients} clients joined again", cancellationToken);

    /// <summary>Clients of a fault's own, in rooms of their own; they have joined when this returns.</summary>
    public async Task<Audit> CrowdAsync(AuditOptions crowd, CancellationToken cancellationToken)
    {
        var clients = await Audit.StartAsync(crowd with { AckLimit = TimeSpan.FromSeconds(10 * options.Patience) }, cancellationToken);
        // Of another's beginning and end they would not know.
        if (options.Overlap)
            clients.Fault("others", mayLose: true);

        return clients;
    }

    /// <summary>Ends a fault's own clients, and holds what they saw to the promises.</summary>
    public async Task<Verdict> JudgeAsync(Audit crowd, CancellationToken cancellationToken)
    {
        var verdict = await crowd.FinishAsync(cancellationToken);
        if (!verdict.IsClean || verdict.Missed > 0 || verdict.Acknowledged < verdict.Sends)
            _failures.Add($"Of the fault's own clients: {verdict.ToString().Split('\n')[^1]} {verdict.Violations.Select(violation => violation.ToString()).FirstOrDefault()}");

        return verdict;
    }

    /// <exception cref="TimeoutException">It was not so within the time given.</exception>
    public static Task UntilAsync(Func<bool> condition, TimeSpan within, string what, CancellationToken cancellationToken) =>
        UntilAsync(() => Task.FromResult(condition()), within, what, cancellationToken);

    /// <exception cref="TimeoutException">It was not so within the time given.</exception>
    public static async Task UntilAsync(Func<Task<bool>> condition, TimeSpan within, string what, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(began) > within)
                throw new TimeoutException($"Not within {within.TotalSeconds:0} s: {what}.");

            await Task.Delay(20, cancellationToken);
        }
    }
}
