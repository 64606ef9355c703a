using System.Collections.Concurrent;
using System.Text;
using AspireChat.ChatServer.Backplane;
using AspireChat.ChatServer.Protocol;
using AspireChat.ChatServer.Telemetry;

namespace AspireChat.ChatServer.Rooms;

/// <summary>The rooms that somebody on this instance is in.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class RoomDirectory
{
    /// <summary>How long an empty room keeps its subscription.</summary>
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, RoomEntry> _rooms = new(RoomNameComparer.Instance);
    private readonly ConcurrentDictionary<string, RoomEntry>.AlternateLookup<ReadOnlySpan<byte>> _byUtf8;
    private readonly Replayer _replayer;
    private readonly FanOutLanes _lanes;
    private readonly ChatTelemetry _telemetry;
    private readonly TimeProvider _time;
    private readonly ILogger<RoomDirectory> _logger;

    public RoomDirectory(Replayer replayer, FanOutLanes lanes, ChatTelemetry telemetry, TimeProvider time, ILogger<RoomDirectory> logger)
    {
        (_replayer, _lanes, _telemetry, _time, _logger) = (replayer, lanes, telemetry, time, logger);
        _byUtf8 = _rooms.GetAlternateLookup<ReadOnlySpan<byte>>();
        telemetry.Meter.CreateObservableUpDownCounter(TelemetryNames.Rooms, () => Count, "{room}", "Rooms that this instance is subscribed to.");
    }

    public int Count => _rooms.Count;

    /// <summary>The name of a room as a string; the one that the room itself has, when it is here.</summary>
    public string NameOf(ReadOnlySpan<byte> utf8) =>
        _byUtf8.TryGetValue(utf8, out var entry) ? entry.Room.Name : Encoding.ASCII.GetString(utf8);

    /// <summary>Enters a room as one of its users, and sees to it that it is subscribed.</summary>
    /// <exception cref="BackplaneUnavailableException">Redis could not be reached in time; the room is left as it was.</exception>
    public async ValueTask<Room> EnterAsync(string name, IBackplane backplane, CancellationToken cancellationToken)
    {
        RoomEntry entry;
        while (!(entry = _rooms.GetOrAdd(name, Create)).Subscription.TryEnter())
        {
            _rooms.TryRemove(KeyValuePair.Create(name, entry));
        }

        try
        {
            await entry.Subscription.EnsureAsync(backplane, cancellationToken);
            return entry.Room;
        }
        catch
        {
            entry.Subscription.Exit();
            throw;
        }
    }

    /// <summary>Leaves a room that was entered.</summary>
    public void Exit(Room room)
    {
        if (_rooms.TryGetValue(room.Name, out var entry))
        {
            entry.Subscription.Exit();
        }
    }

    /// <summary>Closes every connection that is in some room under this name.</summary>
    public void CloseMembers(string name, CloseReason reason)
    {
        foreach (var entry in _rooms.Values)
        {
            entry.Room.CloseMembers(name, reason);
        }
    }

    /// <summary>Takes every room to another backplane.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> MoveAsync(IBackplane next, CancellationToken cancellationToken)
    {
        // All at once: their subscriptions go to Redis in a pipeline, so that thousands of rooms take little longer than one.
        var moves = _rooms.Values.Select(entry => entry.Subscription.TryMoveAsync(next, cancellationToken)).ToArray();
        await Task.WhenAll(moves);
        return moves.Length;
    }

    /// <summary>Sends gathered notices, mends what a switch left without a subscription, and ends what nobody uses. Called once a second.</summary>
    /// <param name="backplane">The one in use.</param>
    /// <param name="age">Whether rooms are to forget old messages.</param>
    /// <param name="cancellationToken">Ends mending.</param>
    public async Task SweepAsync(IBackplane backplane, bool age, CancellationToken cancellationToken)
    {
        var work = new List<Task>();
        foreach (var entry in _rooms.Values)
        {
            entry.Room.SendGathered();
            if (age)
            {
                entry.Room.Age();
            }

            work.Add(entry.Subscription.NeedsMending
                ? entry.Subscription.TryMoveAsync(backplane, cancellationToken)
                : RetireAsync(entry));
        }

        await Task.WhenAll(work);
    }

    private RoomEntry Create(string name)
    {
        var room = new Room(name, _replayer, _lanes.Next(), _telemetry);
        return new RoomEntry(room, new RoomSubscription(room, _time, _logger));
    }

    private async Task RetireAsync(RoomEntry entry)
    {
        if (await entry.Subscription.TryRetireAsync(Linger))
        {
            _rooms.TryRemove(KeyValuePair.Create(entry.Room.Name, entry));
        }
    }
}
