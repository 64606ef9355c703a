namespace AspireChat.ChatServer.Presence;

/// <summary>Which rooms are to be settled when, because a user may have left by then.</summary>
/// <remarks>Thread-safe. Few rooms wait at a time, so they are searched, not sorted.</remarks>
internal sealed class DueRooms(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, long> _due = [];

    public bool IsEmpty
    {
        get
        {
            lock (_gate)
                return _due.Count == 0;
        }
    }

    /// <summary>The room is due after so long, or earlier if it is already.</summary>
    public void Add(string room, TimeSpan after)
    {
        var at = time.GetTimestamp() + (long)(after.TotalSeconds * time.TimestampFrequency);
        lock (_gate)
            if (!_due.TryGetValue(room, out var sooner) || at < sooner)
                _due[room] = at;
    }

    /// <summary>Hands out the rooms due by now.</summary>
    public string[] Take()
    {
        lock (_gate)
        {
            if (_due.Count == 0)
                return [];

            var now = time.GetTimestamp();
            string[] due = [.. _due.Where(entry => entry.Value <= now).Select(entry => entry.Key)];
            foreach (var room in due)
                _due.Remove(room);
            return due;
        }
    }
}
