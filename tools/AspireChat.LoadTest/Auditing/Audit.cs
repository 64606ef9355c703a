using System.Diagnostics;
using AspireChat.LoadTest.Auditing.Checking;
using AspireChat.LoadTest.Auditing.Clients;
using AspireChat.LoadTest.Auditing.Recording;

namespace AspireChat.LoadTest.Auditing;

/// <summary>
/// A run of clients against a deployment, recorded and then judged: <see cref="StartAsync"/>, do what the deployment must survive, and
/// <see cref="FinishAsync"/>.
/// </summary>
internal sealed class Audit : IAsyncDisposable
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);
    private const int MostDescribed = 10;

    private readonly AuditOptions _options;
    private readonly RecordWriter _record;
    private readonly SendCounter _counter = new();
    private readonly RoomTop[] _tops;
    private readonly CancellationTokenSource _noMoreSends = new();
    private readonly CancellationTokenSource _over = new();
    private readonly List<Task> _running = [];
    private readonly long _began = Stopwatch.GetTimestamp();
    private bool _finished;

    private Audit(AuditOptions options)
    {
        _options = options;
        RecordPath = options.RecordPath ?? Path.Combine(Path.GetTempPath(), $"audit-{Path.GetRandomFileName()}.jsonl.gz");
        _record = new RecordWriter(RecordPath);
        var ids = new SendIds();
        _record.Append(new RunBegan(ids.Run, TimeProvider.System.GetUtcNow(), options.AckLimit.TotalSeconds));
        _tops = [.. Enumerable.Range(0, options.Rooms).Select(_ => new RoomTop())];
        var senders = options.Senders ?? options.Clients;
        Clients = [.. Enumerable.Range(0, options.Clients).Select(number => new AuditClient(
            number,
            $"audit-{ids.Run}-{number % options.Rooms}",
            number < senders ? options.SendsPerSecond / senders : 0,
            options,
            ids,
            _counter,
            _tops[number % options.Rooms],
            _record))];
    }

    /// <summary>The clients, for a test to play tricks on.</summary>
    public IReadOnlyList<AuditClient> Clients { get; }

    /// <summary>The file of the record.</summary>
    public string RecordPath { get; }

    /// <summary>How many sends there were.</summary>
    public long Sends => _counter.Count;

    /// <summary>How many of them were acknowledged.</summary>
    public long Acknowledged => Clients.Sum(client => client.Acknowledged);

    /// <summary>How many live messages all clients together have got.</summary>
    public long Deliveries => Clients.Sum(client => client.Deliveries);

    /// <summary>How often clients were told that messages are lost.</summary>
    public int Announced => Clients.Sum(client => client.Announced);

    /// <summary>How often a connection broke without a close frame, 1006, that its client did not break itself.</summary>
    public int Breaks => Clients.Sum(client => client.Breaks);

    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_began);

    /// <summary>How often all clients together have joined. Right after a fault a client may not yet know that its connection is gone: wait for this to grow.</summary>
    public int Joins => Clients.Sum(client => client.Joins);

    /// <summary>Whether every client is in its room, as far as it knows.</summary>
    public bool IsJoined => Clients.All(client => client.IsJoined);

    /// <summary>Connects all clients, waits until they have joined, and starts to send.</summary>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="TimeoutException">Not all could join within 30 s.</exception>
    public static async Task<Audit> StartAsync(AuditOptions options, CancellationToken cancellationToken = default)
    {
        options.Validate();
        var audit = new Audit(options with { Targets = [.. options.Targets.Select(WebSocketOf)] });
        try
        {
            await audit.StartClientsAsync(cancellationToken);
            return audit;
        }
        catch
        {
            await audit.DisposeAsync();
            throw;
        }
    }

    /// <summary>Marks in the record that a fault lasts until the result is disposed: sends may then wait for its end.</summary>
    /// <param name="name">What the fault is called.</param>
    /// <param name="mayLose">Whether it may cost messages, as long as clients are told, until <see cref="WellAgain"/>.</param>
    public IDisposable Fault(string name, bool mayLose = false)
    {
        _record.Append(new FaultBegan(name, mayLose));
        return new LastingFault(name, _record);
    }

    /// <summary>Marks in the record that nothing is left of a fault that has ended.</summary>
    public void WellAgain(string name) => _record.Append(new WellAgain(name));

    /// <summary>Has every client that has ended up elsewhere come back to the target at which it began; returns once all have joined.</summary>
    public async Task GoHomeAsync(TimeSpan within, CancellationToken cancellationToken)
    {
        var joins = Joins + Clients.Count(client => client.GoHome());
        await WaitAsync(() => Joins >= joins && IsJoined, within, () => $"Not all clients came back to where they began: {Describe(client => !client.IsJoined)}.", cancellationToken);
    }

    /// <summary>
    /// Waits until messages flow as they should: every client is in its room, every sender has an acknowledgement for a send that it made after this was
    /// called, and every client has all that anybody had been told of by then.
    /// </summary>
    /// <exception cref="TimeoutException">It took longer than <paramref name="within"/>.</exception>
    public async Task WaitUntilFlowingAsync(TimeSpan within, CancellationToken cancellationToken)
    {
        var since = Stopwatch.GetTimestamp();
        await WaitAsync(
            () => Clients.All(client => client.IsJoined && (client.LastAcknowledged >= since || client.NeverSends)),
            within,
            () => $"Messages did not flow again within {within.TotalSeconds:0.#} s; waiting: {Describe(client => !client.IsJoined || (client.LastAcknowledged < since && !client.NeverSends))}.",
            cancellationToken);
        var tops = _tops.Select(room => room.Top).ToArray();
        await WaitAsync(
            () => Clients.All(client => client.Has(tops[client.Number % tops.Length])),
            within,
            () => $"Not all had what was sent within {within.TotalSeconds:0.#} s; waiting: {Describe(client => !client.Has(tops[client.Number % tops.Length]))}.",
            cancellationToken);
    }

    /// <summary>Waits until every client is in its room again.</summary>
    /// <exception cref="TimeoutException">It took longer than <paramref name="within"/>.</exception>
    public Task WaitUntilJoinedAsync(TimeSpan within, CancellationToken cancellationToken = default) => WaitAsync(
        () => IsJoined,
        within,
        () => $"Not all clients were in their rooms within {within.TotalSeconds:0.#} s: {Describe(client => !client.IsJoined)}.",
        cancellationToken);

    /// <summary>Stops sending, lets all come to its end, and judges the record.</summary>
    public async Task<Verdict> FinishAsync(CancellationToken cancellationToken = default)
    {
        await _noMoreSends.CancelAsync();
        // Bounded: a send is given up in the end. What clients do not get in time is for the checker to find.
        await WaitAsync(() => Clients.All(client => client.Pending == 0), _options.SendTimeout + PollInterval, null, cancellationToken);
        await WaitAsync(() => Clients.All(client => client.IsCaughtUp), _options.SettleTimeout, null, cancellationToken);
        await Task.Delay(Quiet, cancellationToken);
        _record.Append(new RunEnded());
        await StopAsync();
        return await Checker.CheckAsync(RecordReader.ReadAsync(RecordPath, cancellationToken), cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _noMoreSends.Dispose();
        _over.Dispose();
        if (_options.RecordPath is null)
            File.Delete(RecordPath);
    }

    private static Uri WebSocketOf(Uri target)
    {
        if (target.Scheme is not ("http" or "https" or "ws" or "wss"))
            throw new ArgumentException($"The target '{target}' is no address of a chat server. Give one that starts with http:// or ws://.", nameof(target));

        return new UriBuilder(target)
        {
            Scheme = target.Scheme.Replace("http", "ws", StringComparison.Ordinal),
            Path = target.AbsolutePath == "/" ? "/ws" : target.AbsolutePath,
        }.Uri;
    }

    private async Task StartClientsAsync(CancellationToken cancellationToken)
    {
        _running.AddRange(Clients.Select(client => Task.Run(() => client.RunAsync(_over.Token), CancellationToken.None)));
        await WaitUntilJoinedAsync(_options.StartTimeout, cancellationToken);
        _running.AddRange(Clients.Where(client => !client.NeverSends).Select(client => Task.Run(() => client.SendAsync(_noMoreSends.Token, _over.Token), CancellationToken.None)));
    }

    private async Task StopAsync()
    {
        if (_finished)
            return;

        _finished = true;
        await _over.CancelAsync();
        await Task.WhenAll(_running);
        await _record.DisposeAsync();
    }

    private static async Task WaitAsync(Func<bool> condition, TimeSpan within, Func<string>? failure, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(began) > within)
            {
                if (failure is not null)
                    throw new TimeoutException(failure());

                return;
            }

            await Task.Delay(PollInterval, cancellationToken);
        }
    }

    private string Describe(Func<AuditClient, bool> which)
    {
        AuditClient[] clients = [.. Clients.Where(which)];
        var first = string.Join(", ", clients.Take(MostDescribed).Select(client => $"{client.Number} (last on {client.Instance ?? "none"})"));
        return clients.Length > MostDescribed ? $"{first} and {clients.Length - MostDescribed} more" : first;
    }

    private sealed class LastingFault(string name, IAuditLog log) : IDisposable
    {
        private bool _ended;

        public void Dispose()
        {
            if (_ended)
                return;

            _ended = true;
            log.Append(new FaultEnded(name));
        }
    }
}
