using AspireChat.ChatServer.Backplane;

namespace AspireChat.ChatServer.Presence;

/// <summary>
/// Writes one room's presence on this instance to Redis. One write at a time, in which everything goes that has changed since the last: so a storm of
/// joins costs few writes, and no write can overtake a newer one. What is written is how things stand at that moment, not the change that asked for it.
/// </summary>
/// <remarks>Thread-safe, and never fails: what could not be written is written with the next write.</remarks>
internal sealed class PresenceWriter(string room, LocalMembers members, PresenceStore store, Func<PresenceChange, ValueTask> written, ILogger logger)
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _unwritten = [];
    private TaskCompletionSource? _next;
    private bool _running;
    private bool _registered;

    /// <summary>Whether Redis has been told everything.</summary>
    public bool InAgreement
    {
        get
        {
            lock (_gate)
                return _unwritten.Count == 0;
        }
    }

    /// <summary>Returns when these users have been written, with all others that have changed; or when Redis could not be reached.</summary>
    public Task WriteAsync(params IEnumerable<string> users)
    {
        TaskCompletionSource batch;
        lock (_gate)
        {
            _unwritten.UnionWith(users);
            batch = _next ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_running)
                return batch.Task;
            _running = true;
        }

        // Not awaited: it never fails, and it ends by itself when the last batch that somebody waits for is written.
        _ = RunAsync();
        return batch.Task;
    }

    /// <summary>Writes everything again, and takes out what Redis has too much.</summary>
    public async Task RewriteAsync()
    {
        var known = await store.ReadOwnAsync(room);
        await store.RegisterAsync(room);
        await WriteAsync(members.Names().Union(known));
    }

    /// <summary>Closes the room to newcomers if it is empty here and nothing of it is left to write.</summary>
    public bool TryClose()
    {
        lock (_gate)
            return !_running && !_registered && _unwritten.Count == 0 && members.TryClose();
    }

    private async Task RunAsync()
    {
        while (TakeBatch(out var users) is { } batch)
        {
            try
            {
                await WriteBatchAsync(users);
            }
            catch (Exception exception)
            {
                lock (_gate)
                    _unwritten.UnionWith(users);
                if (RedisTrouble.Explains(exception))
                    logger.PresenceNotWritten(exception);
                else
                    logger.PresenceWriteBroken(exception);
            }

            batch.SetResult();
        }
    }

    private TaskCompletionSource? TakeBatch(out string[] users)
    {
        lock (_gate)
        {
            var batch = _next;
            _next = null;
            _running = batch is not null;
            users = [];
            if (_running)
            {
                users = [.. _unwritten];
                _unwritten.Clear();
            }

            return batch;
        }
    }

    private async Task WriteBatchAsync(string[] users)
    {
        if (!_registered)
        {
            await store.RegisterAsync(room);
            _registered = true;
        }

        // Even without users: a write takes out those who have left by now.
        foreach (var some in users is [] ? [users] : users.Chunk(PresenceStore.MaxBatch))
            await written(await store.WriteAsync(room, Array.ConvertAll(some, user => new RoomMember(user, members.ConnectionsOf(user)))));

        // Users who may still come back keep the room registered, so that one who comes and goes costs no note each time.
        if (members.IsEmpty)
        {
            await store.UnregisterAsync(room);
            _registered = false;
        }
    }
}
