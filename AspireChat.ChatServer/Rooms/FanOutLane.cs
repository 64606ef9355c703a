using AspireChat.ChatServer.Connections.Writing;

namespace AspireChat.ChatServer.Rooms;

/// <summary>
/// Gives the frames of its rooms to their members, one room after the other on one thread, and rests in between for some times as long as that took: without
/// load a frame goes out at once; the more there is to do, the more frames gather for each write, and the less each costs.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class FanOutLane : IThreadPoolWorkItem, IDisposable
{
    /// <summary>How long it rests, in multiples of its last turn.</summary>
    private const int RestFactor = 3;

    /// <summary>A rest that people do not notice.</summary>
    private static readonly TimeSpan MaxRest = TimeSpan.FromMilliseconds(25);

    /// <summary>A timer is no finer.</summary>
    private static readonly TimeSpan MinRest = TimeSpan.FromMilliseconds(1);

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly ITimer _alarm;
    private readonly FanOutBatch _batch;
    private List<Room> _dirty = [];
    private List<Room> _turn = [];
    private bool _scheduled;
    private long _turnEnded;
    private TimeSpan _rest;
    private bool _closed;

    public FanOutLane(SocketRing? ring, TimeProvider time)
    {
        _time = time;
        _batch = new FanOutBatch(ring);
        _alarm = time.CreateTimer(lane => ((FanOutLane)lane!).Schedule(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>A room has frames for its members.</summary>
    public void Add(Room room)
    {
        TimeSpan wait;
        lock (_gate)
        {
            _dirty.Add(room);
            if (_scheduled || _closed)
            {
                return;
            }

            _scheduled = true;
            wait = _rest == TimeSpan.Zero ? _rest : _rest - _time.GetElapsedTime(_turnEnded);
        }

        ScheduleAfter(wait);
    }

    /// <summary>Takes no more; a turn that is due is still taken.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _closed = true;
            if (_scheduled)
            {
                return;
            }
        }

        Release();
    }

    void IThreadPoolWorkItem.Execute()
    {
        lock (_gate)
        {
            (_turn, _dirty) = (_dirty, _turn);
        }

        var began = _time.GetTimestamp();
        foreach (var room in _turn)
        {
            room.FanOut(_batch);
        }

        _batch.Flush();
        _turn.Clear();
        bool closed;
        lock (_gate)
        {
            _turnEnded = _time.GetTimestamp();
            _rest = RestAfter(_time.GetElapsedTime(began, _turnEnded));
            _scheduled = _dirty.Count > 0;
            closed = _closed;
            if (!_scheduled && !closed)
            {
                return;
            }
        }

        if (closed)
        {
            Release();
        }
        else
        {
            ScheduleAfter(_rest);
        }
    }

    /// <summary>Never while a turn is being taken: it writes from the batch's memory.</summary>
    private void Release()
    {
        _alarm.Dispose();
        _batch.Dispose();
    }

    private static TimeSpan RestAfter(TimeSpan turn) =>
        turn * RestFactor is var rest && rest < MinRest ? TimeSpan.Zero : rest < MaxRest ? rest : MaxRest;

    private void ScheduleAfter(TimeSpan wait)
    {
        if (wait <= TimeSpan.Zero)
        {
            Schedule();
        }
        else
        {
            _alarm.Change(wait, Timeout.InfiniteTimeSpan);
        }
    }

    private void Schedule() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
}
