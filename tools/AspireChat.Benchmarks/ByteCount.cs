namespace AspireChat.Benchmarks;

/// <summary>Counts bytes, and tells when there are as many as are waited for.</summary>
/// <remarks>Adding is thread-safe; one waits at a time, and begins before the first byte of what it waits for.</remarks>
internal sealed class ByteCount
{
    private TaskCompletionSource? _reached;
    private long _left;

    /// <summary>How many are still waited for.</summary>
    public long Left => Interlocked.Read(ref _left);

    public Task Expect(long bytes)
    {
        _reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Interlocked.Exchange(ref _left, bytes);
        return _reached.Task;
    }

    public void Add(int bytes)
    {
        if (Interlocked.Add(ref _left, -bytes) == 0)
            _reached?.SetResult();
    }
}
