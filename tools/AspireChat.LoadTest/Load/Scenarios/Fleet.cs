using System.Diagnostics;
using AspireChat.LoadTest.Load.Clients;

namespace AspireChat.LoadTest.Load.Scenarios;

/// <summary>All connections of a run: opens them at a bounded rate, and closes whatever it opened.</summary>
internal sealed class Fleet : IAsyncDisposable
{
    /// <summary>So many may be under way at a time: more would only stand in the server's queue.</summary>
    private const int Opening = 128;
    private static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(2);

    private readonly ClientContext _context;
    private readonly double _connectRate;
    private readonly List<Receiver> _receivers = [];
    private readonly List<LoadClient> _clients = [];
    private readonly List<HttpPublisher> _httpPublishers = [];
    private readonly List<Task> _running = [];
    private readonly CancellationTokenSource _over = new();
    private int _settled;
    private int _next;

    public Fleet(ClientContext context, double connectRate) => (_context, _connectRate) = (context, connectRate);

    public IReadOnlyList<LoadRoom> Rooms { get; private set; } = [];

    public IReadOnlyList<Receiver> Receivers => _receivers;

    /// <summary>The publishers, with the feeds of each room in the order in which they take turns.</summary>
    public IReadOnlyList<IPublisher> Publishers { get; private set; } = [];

    public PublisherPlan Plan { get; private set; }

    /// <summary>How many connections are at work.</summary>
    public int Ready => _clients.Count(client => client.IsReady);

    /// <summary>How many have got so far, or have given up.</summary>
    public int Settled => Volatile.Read(ref _settled);

    public int Count => _clients.Count;

    /// <summary>Why some connections never got ready, with how many of each.</summary>
    public IReadOnlyList<string> Failures =>
        [.. _clients.Where(client => client.Failure is not null).GroupBy(client => client.Failure!).Select(failure => $"{failure.Count()} connections failed: {failure.Key}")];

    /// <summary>What those that are away met with last.</summary>
    public string? Problem => _clients.FirstOrDefault(client => !client.IsReady && client.Problem is not null)?.Problem;

    /// <summary>Makes the rooms and opens their publishers.</summary>
    public async Task OpenPublishersAsync(int rooms, PublisherPlan plan, CancellationToken cancellationToken)
    {
        var prefix = $"load-{Convert.ToHexStringLower(Guid.NewGuid().ToByteArray().AsSpan(0, 6))}";
        Plan = plan;
        Rooms = [.. Enumerable.Range(0, rooms).Select(number => new LoadRoom(number, $"{prefix}-{number}", plan.PerRoom))];
        if (_context.Credentials.ApiKey is not null)
        {
            _httpPublishers.AddRange(Enumerable.Range(0, plan.Publishers).Select(number => new HttpPublisher(number, _context)));
            _running.AddRange(_httpPublishers.Select(publisher => Task.Run(() => publisher.RunAsync(_over.Token), CancellationToken.None)));
            Publishers = _httpPublishers;
            return;
        }

        SocketPublisher[] publishers = [.. Enumerable.Range(0, plan.Publishers).Select(_ => new SocketPublisher(_next++, Rooms, _context))];
        Publishers = publishers;
        await OpenAsync(publishers, cancellationToken);
    }

    /// <summary>Opens receivers until there are so many.</summary>
    public async Task GrowAsync(int receivers, CancellationToken cancellationToken)
    {
        var added = Enumerable.Range(_receivers.Count, receivers - _receivers.Count)
            .Select(number => new Receiver(_next++, Rooms[number % Rooms.Count], _context)).ToList();
        _receivers.AddRange(added);
        await OpenAsync(added, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
            client.Leave();

        foreach (var publisher in _httpPublishers)
            publisher.Leave();

        var all = Task.WhenAll(_running);
        await Task.WhenAny(all, Task.Delay(Goodbye));
        await _over.CancelAsync();
        await all;
        _over.Dispose();
    }

    private async Task OpenAsync(IReadOnlyCollection<LoadClient> clients, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        var started = 0;
        _clients.AddRange(clients);
        using var opening = new SemaphoreSlim(Opening);
        var all = new List<Task>(clients.Count);
        foreach (var client in clients)
        {
            if (TimeSpan.FromSeconds(started++ / _connectRate) - Stopwatch.GetElapsedTime(began) is { TotalMilliseconds: > 1 } early)
                await Task.Delay(early, cancellationToken);

            await opening.WaitAsync(cancellationToken);
            _running.Add(Task.Run(() => client.RunAsync(_over.Token), CancellationToken.None));
            all.Add(SettleAsync(client, opening));
        }

        await Task.WhenAll(all).WaitAsync(cancellationToken);
    }

    private async Task SettleAsync(LoadClient client, SemaphoreSlim opening)
    {
        await client.Settled;
        Interlocked.Increment(ref _settled);
        try
        {
            opening.Release();
        }
        catch (ObjectDisposedException)
        {
            // Nobody waits any more: the run was ended.
        }
    }
}
