using System.Collections.Concurrent;
using AspireChat.ChatServer.History;
using AspireChat.ChatServer.Upkeep;

namespace AspireChat.ChatServer.Backplane.Streams;

/// <summary>
/// Looks after what no message tells: that the last messages of a room were lost, that its stream was rolled back or lost while nobody published. Each room
/// is compared with Redis every 5 s, spread over that time, and all of them when a connection comes back; a room that was told of a message (by the answer
/// to its own publication, or by such a comparison) and has not heard it half a second later is read. While nothing is expected and the rooms are few, it
/// looks once a second only, and compares those whose turn would come before it looks again.
/// </summary>
internal sealed class ContinuityWatch(
    ConcurrentDictionary<string, RoomSubscription> rooms,
    StreamStore store,
    KnownRooms knownRooms,
    StreamHistory history,
    Pulse pulse,
    TimeProvider time,
    ILogger logger)
{
    private const int AtOnce = 256;

    /// <summary>More rooms than so many are compared a few at a time.</summary>
    private const int Few = 16;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan KeepInterval = TimeSpan.FromHours(1);
    private static readonly TimeSpan PruneInterval = TimeSpan.FromMinutes(1);

    private readonly ConcurrentQueue<(RoomStream Room, long Since)> _expecting = new();
    private long _pruned = time.GetTimestamp();
    private volatile bool _checkAll;
    private volatile bool _many;
    private PulseTimer? _timer;

    /// <summary>A message of the room was stored at this position; it should be heard soon.</summary>
    public void Expect(RoomStream room, StreamPosition position)
    {
        if (room.Expect(position))
            _expecting.Enqueue((room, time.GetTimestamp()));
    }

    /// <summary>Messages may have been lost in any room.</summary>
    public void CheckAll()
    {
        _checkAll = true;
        Volatile.Read(ref _timer)?.Ring();
    }

    /// <summary>When a room that begins now is compared first: rooms that begin together are spread over the interval.</summary>
    public long FirstCheck() => time.GetTimestamp() + (long)(Random.Shared.NextDouble() * CheckInterval.TotalSeconds * time.TimestampFrequency);

    public async Task RunAsync(CancellationToken stopping)
    {
        using var timer = pulse.Every(Tick, isHasty: () => _many || !_expecting.IsEmpty || history.HoldsReads);
        Volatile.Write(ref _timer, timer);
        try
        {
            while (await timer.WaitForNextTickAsync(stopping))
            {
                try
                {
                    await LookAsync();
                }
                catch (Exception exception)
                {
                    logger.UpkeepFailed(exception);
                }
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task LookAsync()
    {
        EndExpectations();
        history.Prune();
        if (time.GetElapsedTime(_pruned) > PruneInterval)
        {
            _pruned = time.GetTimestamp();
            knownRooms.Prune();
        }

        var all = _checkAll;
        _checkAll = false;
        var now = time.GetTimestamp();
        var until = _many ? now : now + (long)(Pulse.Slow.TotalSeconds * time.TimestampFrequency);
        var present = rooms.Values;
        _many = present.Count > Few;
        foreach (var some in present.Where(room => all || room.CheckDue <= until).Chunk(AtOnce))
        {
            // Sent together and answered together: the rooms do not wait for one another.
            await Task.WhenAll(some.Select(room => TryCheckAsync(room, now)));
        }
    }

    private void EndExpectations()
    {
        while (_expecting.TryPeek(out var oldest) && time.GetElapsedTime(oldest.Since) >= Patience)
        {
            _expecting.TryDequeue(out _);
            oldest.Room.EndExpectation();
        }
    }

    private async Task TryCheckAsync(RoomSubscription subscription, long now)
    {
        try
        {
            await CheckAsync(subscription, now);
        }
        catch (Exception exception) when (RedisTrouble.Explains(exception))
        {
            // Redis is away, or the room's shard is: what is not compared now is compared when it is back. The other rooms are.
        }
    }

    private async Task CheckAsync(RoomSubscription subscription, long now)
    {
        var room = subscription.Stream;
        subscription.CheckDue = now + (long)(CheckInterval.TotalSeconds * time.TimestampFrequency);
        room.Room.Used = now;
        if (room.IsSubscriptionDoubtful)
            await subscription.RenewAsync();
        if (room.BeforeCheck() is not { } before)
            return;

        var head = await store.ReadHeadAsync(room.Room);
        if (room.Check(before, head))
            _expecting.Enqueue((room, time.GetTimestamp()));

        if (time.GetElapsedTime(subscription.Kept) > KeepInterval)
        {
            subscription.Kept = now;
            await store.KeepAsync(room.Room);
        }
    }
}
