namespace AspireChat.Client.Sending;

/// <summary>Lets a few through at once, and the others in the order in which they came. (A semaphore promises no order.)</summary>
internal sealed class Turnstile(int permits, int capacity)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<TaskCompletionSource> _waiting = new();
    private int _free = permits;

    /// <summary>Takes a place in line at once, and returns a task that completes at the front; null when the line is full. <see cref="Leave"/> after it.</summary>
    public Task? TryEnterAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_free > 0)
            {
                _free--;
                return Task.CompletedTask;
            }

            return _waiting.Count < capacity ? WaitAsync(_waiting.AddLast(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)), cancellationToken) : null;
        }
    }

    public void Leave()
    {
        lock (_gate)
        {
            if (_waiting.First is not { } next)
            {
                _free++;
                return;
            }

            _waiting.RemoveFirst();
            next.Value.SetResult();
        }
    }

    private async Task WaitAsync(LinkedListNode<TaskCompletionSource> place, CancellationToken cancellationToken)
    {
        try
        {
            await place.Value.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            GiveUp(place);
            throw;
        }
    }

    private void GiveUp(LinkedListNode<TaskCompletionSource> place)
    {
        lock (_gate)
        {
            if (place.List is not null)
            {
                _waiting.Remove(place);
                return;
            }
        }

        // It was let through in the moment of giving up: pass that on.
        Leave();
    }
}
