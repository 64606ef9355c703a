namespace AspireChat.ChatServer.Instances;

/// <summary>Lets a loop look at something regularly, and at once when told to. For one waiting loop; any thread may wake it.</summary>
internal sealed class Wakeup(TimeProvider time)
{
    private TaskCompletionSource _wake = New();

    public void Wake() => Volatile.Read(ref _wake).TrySetResult();

    /// <summary>Waits for <see cref="Wake"/>, at most so long. Called in between, it ends the next wait at once.</summary>
    public async Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        var wake = _wake.Task;
        await wake.WaitAsync(atMost, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();

        // Whoever wakes between the wait and this line is served by the look that follows.
        if (wake.IsCompleted)
            Volatile.Write(ref _wake, New());
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
