using System.Text;
using AspireChat.ChatServer.Backplane;

namespace AspireChat.Tests.Backplane;

/// <summary>A room's members on one instance, as a backplane sees them: keeps all that it is given, and whatever broke the sink's contract.</summary>
internal sealed class RecordingSink : IRoomSink
{
    private readonly Lock _gate = new();
    private readonly List<string> _texts = [];
    private readonly List<StreamPosition> _resyncs = [];
    private readonly List<RoomSignal> _signals = [];
    private readonly List<RoomMessage> _messages = [];
    private readonly List<string> _violations = [];
    private readonly Dictionary<StreamPosition, string> _places = [];
    private int _inside;

    public StreamPosition? Begun { get; private set; }

    public StreamPosition? Position { get; private set; }

    /// <summary>Makes each delivery take so long: a busy machine.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>What was delivered, in order; without what a resync brought.</summary>
    public string[] Texts => Copy(_texts);

    public RoomMessage[] Messages => Copy(_messages);

    /// <summary>The positions that a resync went to.</summary>
    public StreamPosition[] Resyncs => Copy(_resyncs);

    public RoomSignal[] Signals => Copy(_signals);

    /// <summary>What stood where, of everything that was delivered or came with a resync.</summary>
    public Dictionary<StreamPosition, string> Places
    {
        get
        {
            lock (_gate)
                return new(_places);
        }
    }

    public int Count
    {
        get
        {
            lock (_gate)
                return _texts.Count;
        }
    }

    public void AssertContractKept()
    {
        lock (_gate)
            Assert.Empty(_violations);
    }

    public void Begin(StreamPosition? position) => Enter(() =>
    {
        if (Begun is not null || _texts.Count > 0)
            _violations.Add("Begin was not the first call, or came twice.");
        Begun = Position = position;
    });

    public void Deliver(RoomMessage message) => Enter(() =>
    {
        if (Delay > TimeSpan.Zero)
            SpinWait.SpinUntil(() => false, Delay);
        if (Position is { } position)
        {
            if (message.Offset != position.Offset + 1)
                _violations.Add($"{message.Offset} was delivered after {position.Offset}.");
            Position = position with { Offset = message.Offset };
            Put(Position.Value, message);
        }

        _texts.Add(Encoding.UTF8.GetString(message.Body.Span));
        _messages.Add(message);
    });

    public void Resync(StreamPosition position, IReadOnlyList<RoomMessage> recent) => Enter(() =>
    {
        if (recent.Count > 0 && recent[^1].Offset != position.Offset)
            _violations.Add($"A resync to {position.Offset} brought {recent[^1].Offset} last.");
        foreach (var message in recent)
            Put(position with { Offset = message.Offset }, message);
        Position = position;
        _resyncs.Add(position);
    });

    public void Signal(RoomSignal signal) => Enter(() => _signals.Add(signal));

    private void Put(StreamPosition position, RoomMessage message)
    {
        var text = Encoding.UTF8.GetString(message.Body.Span);
        if (!_places.TryAdd(position, text) && _places[position] != text)
            _violations.Add($"Offset {position.Offset} named two messages.");
    }

    private void Enter(Action action)
    {
        if (Interlocked.Increment(ref _inside) != 1)
            _violations.Add("Two calls overlapped.");
        lock (_gate)
            action();
        Interlocked.Decrement(ref _inside);
    }

    private T[] Copy<T>(List<T> list)
    {
        lock (_gate)
            return [.. list];
    }
}
