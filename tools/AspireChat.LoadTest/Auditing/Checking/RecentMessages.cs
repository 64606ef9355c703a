using AspireChat.LoadTest.Auditing.Recording;

namespace AspireChat.LoadTest.Auditing.Checking;

/// <summary>The newest messages that a client got, to notice one that comes twice.</summary>
internal sealed class RecentMessages
{
    private const int Kept = 4096;

    private readonly HashSet<SeenMessage> _known = [];
    private readonly Queue<SeenMessage> _order = new();

    /// <returns>False if it was there already.</returns>
    public bool Add(SeenMessage message)
    {
        if (!_known.Add(message))
            return false;

        _order.Enqueue(message);
        if (_order.Count > Kept)
            _known.Remove(_order.Dequeue());

        return true;
    }
}
