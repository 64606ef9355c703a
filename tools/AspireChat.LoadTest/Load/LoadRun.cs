using System.Diagnostics;
using AspireChat.LoadTest.Load.Clients;
using AspireChat.LoadTest.Load.Measuring;
using AspireChat.LoadTest.Load.Progress;
using AspireChat.LoadTest.Load.Reports;
using AspireChat.LoadTest.Load.Scenarios;

namespace AspireChat.LoadTest.Load;

/// <summary>One run: connections that are opened, steps that are put on them, and a report, whatever ends it. Closes all that it opened.</summary>
internal sealed class LoadRun : IAsyncDisposable
{
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(200);

    private readonly LoadOptions _options;
    private readonly ILoadView _view;
    private readonly Dialer _dialer;
    private readonly ClientContext _context;
    private readonly Fleet _fleet;
    private readonly StepRunner _runner;
    private readonly StepRunner _warmUp;
    private readonly List<StepReport> _steps = [];
    private readonly List<string> _notes = [];
    private readonly DateTimeOffset _beganAt = TimeProvider.System.GetUtcNow();
    private readonly long _began = Stopwatch.GetTimestamp();

    public LoadRun(LoadOptions options, Thresholds thresholds, ILoadView view)
    {
        options.Validate();
        (_options, _view, Thresholds) = (options, view, thresholds);
        _dialer = new Dialer(options.Targets, options.Credentials);
        _context = new ClientContext(_dialer, options.Credentials, new MessageText(Stamp.NewRun(), options.TextChars), options.Reconnect);
        _fleet = new Fleet(_context, options.ConnectRate);
        _runner = new StepRunner(_fleet, _context.Meter, thresholds, view, options.Settle, _began);
        _warmUp = new StepRunner(_fleet, _context.Meter, thresholds, new QuietView(), options.Settle, _began);
    }

    public LoadOptions Options => _options;

    public Thresholds Thresholds { get; }

    /// <summary>Opens the rooms and their publishers, as many as the highest rate takes.</summary>
    /// <exception cref="LoadException">The target cannot be used.</exception>
    public async Task OpenRoomsAsync(double highestRate, CancellationToken stop)
    {
        _context.Meter.Restart();
        await GreetAsync(stop);
        var least = Math.Max(3, _options.Targets.Count);
        var plan = _options.Publishers is { } publishers ? PublisherPlan.Of(publishers, _options.Rooms)
            : _options.Credentials.ApiKey is not null ? PublisherPlan.For(_options.Rooms, highestRate, limit: 100, least)
            : PublisherPlan.For(_options.Rooms, highestRate, _context.Server.SendsPerSecond, least);
        await ShowAsync(_fleet.OpenPublishersAsync(_options.Rooms, plan, stop), plan.Publishers);
        RequireSome(_fleet.Publishers.OfType<LoadClient>());
    }

    /// <summary>Opens receivers until there are so many, spread over the rooms.</summary>
    public async Task GrowAsync(int receivers, CancellationToken stop)
    {
        await ShowAsync(_fleet.GrowAsync(receivers, stop), receivers + _fleet.Count - _fleet.Receivers.Count);
        RequireSome(_fleet.Receivers);
    }

    /// <summary>What is measured from now on, while connections are opened, belongs to the next step.</summary>
    public void Forget() => _context.Meter.Restart();

    /// <summary>Lets load run that does not count.</summary>
    public async Task WarmUpAsync(double rate, CancellationToken stop)
    {
        if (_options.WarmUp > TimeSpan.Zero)
            await _warmUp.RunAsync(new StepPlan { Name = "warm-up", Rate = rate, Duration = _options.WarmUp }, stop);
    }

    /// <summary>Puts a step on the connections; at the end, or when stopped, what it came to is in the report.</summary>
    public async Task<StepReport> StepAsync(StepPlan plan, CancellationToken stop)
    {
        var step = await _runner.RunAsync(plan, stop);
        _steps.Add(step);
        NoteRateLimit(step);
        return step;
    }

    public LoadReport Report(string scenario, IReadOnlyDictionary<string, string> settings, bool interrupted)
    {
        var report = new LoadReport
        {
            Scenario = scenario,
            Began = _beganAt,
            Seconds = Stopwatch.GetElapsedTime(_began).TotalSeconds,
            Targets = [.. _options.Targets.Select(target => target.ToString())],
            Instances = _context.Server.Instances,
            Mode = _context.Server.Mode,
            Settings = settings,
            Steps = _steps,
            Notes = [.. _notes, .. _fleet.Failures, .. BusyNote()],
            Interrupted = interrupted,
        };
        return report with { Failures = [.. Thresholds.Judge(report), .. _fleet.Failures] };
    }

    public async ValueTask DisposeAsync()
    {
        await _fleet.DisposeAsync();
        _dialer.Dispose();
    }

    /// <summary>One connection first: what is wrong with the target shows once, not a thousand times, and its limits are known before the others come.</summary>
    private async Task GreetAsync(CancellationToken stop)
    {
        var greeter = new SocketPublisher(0, [], _context);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var running = greeter.RunAsync(limit.Token);
        await greeter.Settled.WaitAsync(stop);
        greeter.Leave();
        limit.CancelAfter(TimeSpan.FromSeconds(2));
        await running;
        if (greeter.Failure is { } failure)
            throw new LoadException(failure);
    }

    private async Task ShowAsync(Task opening, int all)
    {
        while (await Task.WhenAny(opening, Task.Delay(ProgressInterval, CancellationToken.None)) != opening)
            _view.Opening(_fleet.Settled, all);

        await opening;
        _view.Opening(_fleet.Settled, all);
    }

    /// <summary>Where none could do its work, there is nothing to measure.</summary>
    private static void RequireSome(IEnumerable<LoadClient> clients)
    {
        List<LoadClient> all = [.. clients];
        if (all.Count > 0 && all.TrueForAll(client => client.Failure is not null))
            throw new LoadException(all[0].Failure!);
    }

    private void NoteRateLimit(StepReport step)
    {
        if (step.Errors.GetValueOrDefault("rate_limited") is > 0 and var refused)
        {
            _notes.Add($"{step.Name}: {refused} sends were refused as 'rate_limited': the server takes {_context.Server.SendsPerSecond} a second of each connection. "
                + "Give more --publishers (or none, for as many as it takes), publish with --api-key, or raise Chat__Limits__SendsPerSecond.");
        }
    }

    private IEnumerable<string> BusyNote()
    {
        var cores = Environment.ProcessorCount;
        if (_steps.Select(step => step.GeneratorCores).DefaultIfEmpty().Max() is var busiest && busiest > cores * 0.75)
            yield return FormattableString.Invariant($"This tool itself kept {busiest:0.0} of this machine's {cores} cores busy: what was measured may be its own limit. Run it on another machine than the servers.");
    }
}
