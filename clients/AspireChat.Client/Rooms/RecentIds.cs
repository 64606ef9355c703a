namespace AspireChat.Client.Rooms;

/// <summary>The newest messages of a room by sender and id, to know one again where no offset tells.</summary>
internal sealed class RecentIds(int capacity)
{
    private readonly HashSet<(string Name, string Id)> _known = [];
    private readonly Queue<(string Name, string Id)> _order = new();

    public bool Contains(string name, string id) => _known.Contains((name, id));

    /// <returns>False if it was there already.</returns>
    public bool Add(string name, string id)
    {
        if (!_known.Add((name, id)))
            return false;

        _order.Enqueue((name, id));
        if (_order.Count > capacity)
            _known.Remove(_order.Dequeue());

        return true;
    }
}
