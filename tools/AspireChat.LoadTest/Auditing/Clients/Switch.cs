namespace AspireChat.LoadTest.Auditing.Clients;

/// <summary>Something that can be on or off, and waited for to be on.</summary>
internal sealed class Switch(bool on)
{
    private volatile TaskCompletionSource _on = New(on);

    public bool IsOn => _on.Task.IsCompleted;

    public void On() => _on.TrySetResult();

    public void Off()
    {
        if (IsOn)
            _on = New(on: false);
    }

    public Task WaitAsync(CancellationToken cancellationToken) => _on.Task.WaitAsync(cancellationToken);

    private static TaskCompletionSource New(bool on)
    {
        var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (on)
            source.SetResult();

        return source;
    }
}
