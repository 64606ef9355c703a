namespace AspireChat.ChatServer.Presence;

/// <summary>
/// Shares one read among all who ask at the same time. Whoever asks gets a read that begins after he asked, so what he did before is in it: at most one
/// is under way, and one waits for it.
/// </summary>
internal sealed class LatestRead<T>(Func<Task<T>> read)
{
    private readonly Lock _gate = new();
    private Task<T>? _current;
    private Task<T>? _waiting;

    public Task<T> ReadAsync()
    {
        lock (_gate)
        {
            if (_waiting is not null)
                return _waiting;
            if (_current is null or { IsCompleted: true })
                return _current = read();
            return _waiting = ReadAfterAsync(_current);
        }
    }

    private async Task<T> ReadAfterAsync(Task current)
    {
        // Yields in any case: otherwise it could end before it has become the one that waits.
        await current.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);

        Task<T> started;
        lock (_gate)
        {
            _waiting = null;
            started = _current = read();
        }

        return await started;
    }
}
