using System.Diagnostics;
using AspireChat.LoadTest.Auditing.Clients;

namespace AspireChat.LoadTest.Load.Clients;

/// <summary>One client of the run: connects, and comes back after a loss as the protocol asks.</summary>
internal abstract class LoadClient(int number, ClientContext context) : IFrameTaker
{
    /// <summary>So often a first connection is tried.</summary>
    private const int FirstAttempts = 3;

    private readonly TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile WireConnection? _connection;
    private volatile bool _isReady;
    private volatile bool _leaving;
    private volatile bool _dropping;
    private int _afterMs;
    private long _lostAt;

    /// <summary>Whether it can do its work at this moment.</summary>
    public bool IsReady => _isReady;

    /// <summary>Whether it ever could.</summary>
    public bool WasReady { get; private set; }

    /// <summary>Why it never got ready, or was sent away for good; null while there is hope.</summary>
    public string? Failure { get; private set; }

    /// <summary>What it last met with when it was not ready.</summary>
    public string? Problem { get; private set; }

    /// <summary>Completes when it is ready for the first time, or has given up.</summary>
    public Task Settled => _settled.Task;

    protected ClientContext Context => context;

    /// <summary>Breaks its connection; it comes back by itself.</summary>
    public void Drop()
    {
        _dropping = true;
        _connection?.Dispose();
    }

    /// <summary>Says goodbye, after which <see cref="RunAsync"/> ends.</summary>
    public void Leave()
    {
        _leaving = true;
        _connection?.Close();
    }

    /// <summary>Connects, and comes back, until cancelled or told to leave.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var abort = cancellationToken.Register(() => _connection?.Dispose());
        _lostAt = Stopwatch.GetTimestamp();
        try
        {
            var failures = 0;
            while (!_leaving && Failure is null)
            {
                failures = await ConnectOnceAsync(cancellationToken) ? 0 : failures + 1;
                if (!WasReady && failures == FirstAttempts)
                    Failure = Problem ?? "The server ended the connection before it could be used.";
                else if (!_leaving && Failure is null)
                    await Task.Delay(NextDelay(failures), cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
        finally
        {
            _settled.TrySetResult();
        }
    }

    public void Take(ReadOnlySpan<byte> text, long now)
    {
        try
        {
            TakeText(text, now);
        }
        catch (InvalidDataException e)
        {
            context.Meter.Refuse("broken_frame");
            Failure ??= e.Message;
            _connection?.Dispose();
        }
    }

    protected abstract void TakeText(ReadOnlySpan<byte> text, long now);

    protected bool Send(ReadOnlySpan<byte> text) => _connection?.Send(text) == true;

    /// <summary>Takes what concerns every client.</summary>
    protected void TakeControl(ControlFrame frame)
    {
        switch (frame.Type)
        {
            case "welcome":
                context.Server.Take(frame);
                break;
            case "reconnect":
                _afterMs = frame.AfterMs;
                break;
            case "error":
                context.Meter.Refuse(frame.Code ?? "");
                if (!IsReady)
                {
                    Problem = $"The server refused with '{frame.Code}': {frame.Message}";
                    _connection?.Dispose();
                }

                break;
        }
    }

    protected void BecomeReady()
    {
        context.Meter.AddReturn(Stopwatch.GetTimestamp() - _lostAt);
        if (WasReady)
            context.Meter.ShardFor(number).Add(Measuring.Count.Reconnect);

        WasReady = true;
        _isReady = true;
        _settled.TrySetResult();
    }

    /// <returns>Whether it got ready.</returns>
    private async Task<bool> ConnectOnceAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var connection = await context.Dialer.OpenAsync(number, cancellationToken);
            _dropping = false;
            _connection = connection;
            // Whoever wanted it gone before it could be seen is heeded here.
            if (_leaving)
                connection.Close();

            cancellationToken.ThrowIfCancellationRequested();
            await connection.ReadAsync(this);
            TakeEnd(connection);
            return _isReady;
        }
        catch (Exception e) when (e is UpgradeRefusedException or IOException or InvalidDataException)
        {
            Problem = e.Message;
            return false;
        }
        finally
        {
            if (_isReady)
                _lostAt = Stopwatch.GetTimestamp();

            _isReady = false;
            _connection = null;
        }
    }

    private void TakeEnd(WireConnection connection)
    {
        if (_leaving || _dropping)
            return;

        context.Meter.Close(connection.CloseCode);
        if (connection.CloseCode is 1003 or 1009 or 4500 or 4501)
            Failure ??= $"The server closed with {connection.CloseCode}, after which a client must not come back.";
    }

    private TimeSpan NextDelay(int failures)
    {
        var after = Interlocked.Exchange(ref _afterMs, 0);
        return after > 0 ? TimeSpan.FromMilliseconds(after * Random.Shared.NextDouble()) : Pace.Next(context.Pace, failures);
    }
}
