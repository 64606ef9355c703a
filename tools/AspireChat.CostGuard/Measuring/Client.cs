using AspireChat.CostGuard.Peers;
using AspireChat.LoadTest.Load.Clients;
using AspireChat.LoadTest.Load.Measuring;

namespace AspireChat.CostGuard.Measuring;

/// <summary>One connection to a peer: joins the room if it is to receive, and counts what comes.</summary>
internal sealed class Client(IPeer peer, MessageText text, string? room) : IFrameTaker
{
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WireConnection? _connection;
    private long _received;

    public long Received => Volatile.Read(ref _received);

    /// <summary>Connects, and returns once it is ready.</summary>
    /// <returns>Its reading, which ends with the connection.</returns>
    public async Task<Task> OpenAsync(Dialer dialer, int number, CancellationToken cancellationToken)
    {
        _connection = await dialer.OpenAsync(number, cancellationToken);
        if (!peer.Greeting.IsEmpty)
            _connection.Send(peer.Greeting);

        var reading = _connection.ReadAsync(this);
        await _ready.Task.WaitAsync(TimeSpan.FromSeconds(60), cancellationToken);
        // A server ends a connection that never says anything, as a publisher might until all is ready.
        if (!peer.KeepAlive.IsEmpty)
            _connection.Send(peer.KeepAlive);

        return reading;
    }

    public void Send(ReadOnlySpan<byte> frame) => _connection!.Send(frame);

    public void Close() => _connection?.Dispose();

    public void Take(ReadOnlySpan<byte> frame, long now)
    {
        var count = 0;
        while (text.Next(ref frame, out _) == MessageText.Found.Message)
            count++;

        if (count > 0)
            Interlocked.Add(ref _received, count);
        else if (!_ready.Task.IsCompleted)
            TakeAnswer(frame);
    }

    private void TakeAnswer(ReadOnlySpan<byte> frame)
    {
        if (peer.IsWelcome(frame) && room is not null)
            Send(peer.Join(room));
        else if (room is null ? peer.IsWelcome(frame) : peer.IsJoined(frame))
            _ready.TrySetResult();
    }
}
