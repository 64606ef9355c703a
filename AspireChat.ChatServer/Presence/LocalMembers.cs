namespace AspireChat.ChatServer.Presence;

/// <summary>Who has connections in one room on this instance, and who had until a moment ago. In mode local that is all the presence there is.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class LocalMembers(TimeSpan grace, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _connections = [];
    private readonly Dictionary<string, long> _lastLeft = [];
    private bool _closed;

    /// <summary>How many users have a connection here.</summary>
    public int Connected
    {
        get
        {
            lock (_gate)
                return _connections.Count - _lastLeft.Count;
        }
    }

    /// <summary>Whether nobody is here, nor may still come back.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_gate)
                return _connections.Count == 0;
        }
    }

    /// <summary>Counts one more connection; null when this was closed by <see cref="TryClose"/>.</summary>
    public PresenceChange? Add(string name)
    {
        lock (_gate)
        {
            if (_closed)
                return null;

            var known = _connections.TryGetValue(name, out var connections);
            _connections[name] = connections + 1;
            _lastLeft.Remove(name);
            return new PresenceChange(_connections.Count, known ? [] : [name], [], NextLeaves: null);
        }
    }

    /// <summary>Counts one connection less. Returns whether it was the user's last: then <see cref="Settle"/> is due when the grace is over.</summary>
    public bool Remove(string name)
    {
        lock (_gate)
        {
            var connections = _connections.GetValueOrDefault(name);
            if (connections == 0)
                return false;

            _connections[name] = connections - 1;
            if (connections > 1)
                return false;

            _lastLeft[name] = time.GetTimestamp();
            return true;
        }
    }

    /// <summary>Takes out the users whose grace is over.</summary>
    public PresenceChange Settle()
    {
        lock (_gate)
        {
            var waits = _lastLeft.ToLookup(entry => time.GetElapsedTime(entry.Value) >= grace);
            string[] left = [.. waits[true].Select(entry => entry.Key)];
            TimeSpan? next = waits[false].Any() ? waits[false].Min(entry => grace - time.GetElapsedTime(entry.Value)) : null;

            foreach (var name in left)
            {
                _connections.Remove(name);
                _lastLeft.Remove(name);
            }

            return new PresenceChange(_connections.Count, [], left, next);
        }
    }

    /// <summary>The user's connections on this instance.</summary>
    public int ConnectionsOf(string name)
    {
        lock (_gate)
            return _connections.GetValueOrDefault(name);
    }

    public RoomMembers Read()
    {
        lock (_gate)
        {
            var named = _connections.Take(RoomMembers.MaxNamed).Select(entry => new RoomMember(entry.Key, entry.Value));
            return new RoomMembers([.. named.OrderBy(member => member.Name, StringComparer.Ordinal)], _connections.Count);
        }
    }

    /// <summary>All names, with a connection or not.</summary>
    public string[] Names()
    {
        lock (_gate)
            return [.. _connections.Keys];
    }

    /// <summary>Lets nobody in any more, if nobody is here.</summary>
    public bool TryClose()
    {
        lock (_gate)
            return _closed = _connections.Count == 0;
    }
}
