using System.Diagnostics;
using AspireChat.LoadTest.Auditing;
using AspireChat.LoadTest.Auditing.Checking;
using AspireChat.LoadTest.Faults.Deployments;
using AspireChat.LoadTest.Faults.Kinds;
using AspireChat.LoadTest.Faults.Measuring;
using AspireChat.LoadTest.Faults.Reports;
using AspireChat.LoadTest.Faults.Schedules;

namespace AspireChat.LoadTest.Faults;

/// <summary>A run: a deployment of its own, clients that send all the time, the faults of a schedule, and a verdict.</summary>
internal sealed class FaultRun(FaultRunOptions options, TextWriter timeline)
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);

    /// <summary>One fault may take so long beyond its length before it counts as stuck.</summary>
    private static readonly TimeSpan StuckAfter = TimeSpan.FromMinutes(3);

    private readonly Dictionary<FaultScope, SemaphoreSlim> _scopes = Enum.GetValues<FaultScope>().ToDictionary(scope => scope, _ => new SemaphoreSlim(1));
    private readonly List<FaultOutcome> _outcomes = [];
    private readonly Lock _gate = new();

    /// <param name="settings">What was asked for, for the report.</param>
    /// <param name="cancellationToken">Ends it early, without a verdict.</param>
    /// <exception cref="Processes.CannotRunException">The deployment cannot be started here.</exception>
    public async Task<FaultReport> RunAsync(IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken)
    {
        var date = TimeProvider.System.GetUtcNow();
        var schedule = Schedule.Of(options);
        Print(schedule);
        await using var deployment = await Deployment.StartAsync(new DeploymentOptions { Backplane = options.Backplane, Lease = options.Lease, Network = options.Network }, cancellationToken);
        await using var audit = await Audit.StartAsync(AuditOptionsFor(deployment), cancellationToken);
        await using var sampler = new Sampler(deployment, audit);
        Say(sampler, $"{options.Clients} clients send; partitions are made by {deployment.Network.Kind}; record: {(options.RecordPath is null ? "temporary" : $"'{audit.RecordPath}'")}");
        Verdict? verdict = null;
        var seconds = 0d;
        try
        {
            await StrikeAllAsync(deployment, audit, sampler, schedule, cancellationToken);
            seconds = sampler.Elapsed.TotalSeconds;
            Say(sampler, "sends end, and what is on its way arrives");
            await sampler.DisposeAsync();
            verdict = await audit.FinishAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Say(sampler, "interrupted");
            await sampler.DisposeAsync();
        }

        return new FaultReport
        {
            Seed = options.Seed,
            Date = date,
            Seconds = seconds > 0 ? seconds : sampler.Elapsed.TotalSeconds,
            Interrupted = verdict is null,
            Settings = settings,
            Faults = [.. _outcomes.OrderBy(outcome => outcome.Began)],
            Verdict = verdict,
            Timeline = sampler.Points,
            Memory = sampler.Memory,
            Growth = [.. MemoryGrowth.Of(sampler.Memory)],
        };
    }

    private AuditOptions AuditOptionsFor(Deployment deployment) => new()
    {
        Targets = [.. deployment.Regulars.Append(deployment.Gateway).Select(door => door.Address)],
        Clients = options.Clients,
        SendsPerSecond = options.SendsPerSecond,
        AckLimit = TimeSpan.FromSeconds(10 * options.Patience),
        RecordPath = options.RecordPath,
    };

    private async Task StrikeAllAsync(Deployment deployment, Audit audit, Sampler sampler, IReadOnlyList<ScheduledFault> schedule, CancellationToken cancellationToken)
    {
        var running = new List<Task>();
        foreach (var scheduled in schedule)
        {
            if (scheduled.At - sampler.Elapsed is var early && early > TimeSpan.Zero)
                await Task.Delay(early, cancellationToken);
            // One that would come after the end, because those before took longer, does not.
            if (sampler.Elapsed > options.Duration && running.Count > 0)
                break;

            var striking = StrikeAsync(deployment, audit, sampler, scheduled, cancellationToken);
            running.Add(striking);
            if (!options.Overlap)
                await striking;
        }

        await Task.WhenAll(running);
        // What none of them could see to while others lasted.
        await deployment.MendAsync(cancellationToken);
        if (options.Duration - sampler.Elapsed is var rest && rest > TimeSpan.Zero)
            await Task.Delay(rest, cancellationToken);
    }

    private async Task StrikeAsync(Deployment deployment, Audit audit, Sampler sampler, ScheduledFault scheduled, CancellationToken cancellationToken)
    {
        var fault = scheduled.Fault;
        var context = new FaultContext(deployment, audit, options, new Random(scheduled.Draw));
        using var place = await EnterAsync(fault.Scope, cancellationToken);
        var title = $"{fault.Number}: {fault.Name}";
        var began = sampler.Elapsed;
        Say(sampler, $"fault {title}");
        using (audit.Fault(title, fault.MayLose))
            await TryAsync(context, () => MakeAsync(fault, context, cancellationToken), cancellationToken);

        await TryAsync(context, () => BeWellAsync(context, cancellationToken), cancellationToken);
        audit.WellAgain(title);
        var outcome = new FaultOutcome
        {
            Number = fault.Number,
            Name = fault.Name,
            Began = began.TotalSeconds,
            Well = sampler.Elapsed.TotalSeconds,
            RecoverySeconds = context.Recovery?.TotalSeconds,
            Notes = context.Notes,
            Failures = context.Failures,
        };
        lock (_gate)
            _outcomes.Add(outcome);

        foreach (var note in outcome.Notes)
            Say(sampler, $"      {note}");
        foreach (var failure in outcome.Failures)
            Say(sampler, $"      FAILED {failure}");

        Say(sampler, $"      {(outcome.Passed ? "passed" : "FAILED")}; messages flowed again after {(outcome.RecoverySeconds is { } recovery ? FormattableString.Invariant($"{recovery:0.0} s") : "never")}");
    }

    private async Task MakeAsync(IFault fault, FaultContext context, CancellationToken cancellationToken)
    {
        using var stuck = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        stuck.CancelAfter(fault.Length(options) + StuckAfter);
        // Whoever a fault before has driven elsewhere is back where it began: every fault finds clients everywhere.
        if (!options.Overlap)
            await context.Audit.GoHomeAsync(StartTimeout, stuck.Token);
        await fault.StrikeAsync(context, stuck.Token);
    }

    /// <summary>Mends what is left of a fault, and sees that all is well.</summary>
    private async Task BeWellAsync(FaultContext context, CancellationToken cancellationToken)
    {
        // Beside another fault not everything can be well: that one sees to it.
        if (options.Overlap)
            return;

        await context.Deployment.MendAsync(cancellationToken);
        await context.FlowAgainAsync(Stopwatch.GetTimestamp(), cancellationToken);
    }

    private static async Task TryAsync(FaultContext context, Func<Task> act, CancellationToken cancellationToken)
    {
        try
        {
            await act();
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever it is, it is a finding, and the run goes on.
            context.Fail(e is OperationCanceledException { InnerException: not TimeoutException } ? "It did not come to its end." : e.Message);
        }
    }

    private async Task<IDisposable> EnterAsync(FaultScope scope, CancellationToken cancellationToken)
    {
        await _scopes[scope].WaitAsync(cancellationToken);
        return new Place(_scopes[scope]);
    }

    private void Print(IReadOnlyList<ScheduledFault> schedule)
    {
        lock (_gate)
        {
            timeline.WriteLine(FormattableString.Invariant($"Schedule of seed {options.Seed}, {options.Duration.TotalMinutes:0.##} min:"));
            foreach (var scheduled in schedule)
                timeline.WriteLine(FormattableString.Invariant($"  {scheduled.At.TotalSeconds,7:0.0} s  {scheduled.Fault.Number,2} {scheduled.Fault.Name}"));
        }
    }

    private void Say(Sampler sampler, string what)
    {
        lock (_gate)
            timeline.WriteLine(FormattableString.Invariant($"[{sampler.Elapsed.TotalSeconds,7:0.0} s] {what}"));
    }

    private sealed class Place(SemaphoreSlim scope) : IDisposable
    {
        public void Dispose() => scope.Release();
    }
}
