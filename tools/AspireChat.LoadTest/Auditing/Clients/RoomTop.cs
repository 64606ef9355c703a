using AspireChat.LoadTest.Auditing.Recording;

namespace AspireChat.LoadTest.Auditing.Clients;

/// <summary>Where a room stands by all that anybody was told: what every client must have come to before the run may end.</summary>
internal sealed class RoomTop
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _epochs = [];
    private StreamPosition? _top;

    /// <summary>Null when there is no stream.</summary>
    public StreamPosition? Top
    {
        get
        {
            lock (_gate)
                return _top;
        }
    }

    public void Tell(StreamPosition? position)
    {
        if (position is not { } told)
            return;

        lock (_gate)
        {
            if (_epochs.Add(told.Epoch) || (_top is { } top && top.Epoch == told.Epoch && told.Offset > top.Offset))
                _top = told;
        }
    }
}
