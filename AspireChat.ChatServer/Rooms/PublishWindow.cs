namespace AspireChat.ChatServer.Rooms;

/// <summary>
/// The messages of this instance that are on their way to the backplane, of all connections together. Past a bound the next waits, and with it the reading of
/// its connection; who has waited for too long is refused. So an instance that is sent more than Redis takes neither fills its memory with what waits nor
/// has Redis answer so late that everything counts as failed: it goes on at the rate that Redis has, and the rest is told.
/// </summary>
/// <remarks>Thread-safe. First come, first served.</remarks>
internal sealed class PublishWindow(int maxMessages, TimeProvider time)
{
    /// <summary>Bytes of bodies that may be on their way.</summary>
    public const int MaxBytes = 8 * 1024 * 1024;

    /// <summary>Who has waited longer than this when his turn comes is refused.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Queue<Waiter> _waiters = new();
    private int _messages;
    private long _bytes;

    /// <summary>Takes a place, if one is free and nobody waits for it.</summary>
    public bool TryEnter(int bytes)
    {
        lock (_gate)
        {
            if (_waiters.Count > 0 || !IsOpen)
            {
                return false;
            }

            Take(bytes);
            return true;
        }
    }

    /// <summary>Takes a place when one is free; false where that took too long, and no place is taken.</summary>
    public Task<bool> EnterAsync(int bytes)
    {
        lock (_gate)
        {
            if (_waiters.Count == 0 && IsOpen)
            {
                Take(bytes);
                return Task.FromResult(true);
            }

            var waiter = new Waiter(bytes, time.GetTimestamp());
            _waiters.Enqueue(waiter);
            return waiter.Task;
        }
    }

    /// <summary>Gives a place back.</summary>
    public void Exit(int bytes)
    {
        lock (_gate)
        {
            _messages--;
            _bytes -= bytes;
            while (_waiters.TryPeek(out var next))
            {
                // Whoever waited in vain makes way for those who did not yet.
                var inTime = time.GetElapsedTime(next.Since) <= Patience;
                if (inTime && !IsOpen)
                {
                    return;
                }

                if (inTime)
                {
                    Take(next.Bytes);
                }

                _waiters.Dequeue();
                next.SetResult(inTime);
            }
        }
    }

    private bool IsOpen => (_messages < maxMessages && _bytes < MaxBytes) || _messages == 0;

    private void Take(int bytes)
    {
        _messages++;
        _bytes += bytes;
    }

    private sealed class Waiter(int bytes, long since) : TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public int Bytes => bytes;

        public long Since => since;
    }
}
