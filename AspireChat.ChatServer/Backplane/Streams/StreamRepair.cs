namespace AspireChat.ChatServer.Backplane.Streams;

/// <summary>Reads rooms' streams until they are complete again: one read a room at a time, in bounded chunks, for as long as it takes Redis to answer.</summary>
internal sealed class StreamRepair(StreamStore store, TimeProvider time, ILogger logger, CancellationToken stopping)
{
    private const int Chunk = 256;
    private const int Recent = 50;
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    /// <summary>Starts for a room. Call under the room's gate, once for each time that it has begun to wait.</summary>
    public void Start(RoomStream room, string reason, long offset)
    {
        logger.Repairing(room.Room.Name, offset, reason);
        _ = Task.Run(() => ReadAsync(room), CancellationToken.None);
    }

    private async Task ReadAsync(RoomStream room)
    {
        var pause = ShortestPause;
        while (room.NextStep() is { } step)
        {
            try
            {
                if (await ReadAsync(room, step) == ReadProgress.Done)
                    return;
                pause = ShortestPause;
            }
            catch (Exception exception) when (RedisTrouble.Explains(exception) || exception is BackplaneUnavailableException)
            {
                if (!await PauseAsync(pause))
                    return;
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
            catch (Exception exception)
            {
                logger.UpkeepFailed(exception);
                if (!await PauseAsync(LongestPause))
                    return;
            }
        }
    }

    private async Task<ReadProgress> ReadAsync(RoomStream room, ReadStep step)
    {
        var verdict = step.Broken is null
            ? room.Take(await store.ReadAfterAsync(room.Room, step.Cursor.Position, Chunk), step)
            : ReadVerdict.Resync(ReadReason.Fork, step.Broken);
        if (verdict.Progress != ReadProgress.Resync)
            return verdict.Progress;

        // Opening ends the epoch if it is broken, or if what this instance knows proves it.
        var opened = await store.OpenAsync(room.Room, verdict.Broken);
        if (opened.Status == StoreStatus.Superseded)
        {
            // This instance is about to follow the switch, which closes the room.
            logger.Superseded(room.Room.Name, store.Version);
            return await PauseAsync(LongestPause) ? ReadProgress.More : ReadProgress.Done;
        }

        if (opened.Head.Epoch == step.Cursor.Epoch && verdict.Reason != ReadReason.Window)
            return ReadProgress.More;

        logger.ContinuityLost(room.Room.Name, step.Cursor.Offset, verdict.Reason);
        return room.Resync(await store.ReadNewestAsync(room.Room, Recent), step, verdict.Reason).Progress;
    }

    /// <summary>False when it is time to stop.</summary>
    private async Task<bool> PauseAsync(TimeSpan pause)
    {
        try
        {
            await Task.Delay(pause, time, stopping);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
