namespace AspireChat.LoadTest.Load.Measuring;

/// <summary>What one receiver got of one publisher in one room: finds what was lost, repeated or out of order.</summary>
/// <remarks>Used by the receiver's reader alone, and by whoever settles a step once nothing moves.</remarks>
internal sealed class SequenceCheck
{
    private Gaps? _missing;
    private Gaps? _givenUp;
    private uint _next;

    /// <summary>The first number that has not come, nor any above it.</summary>
    public uint Next => _next;

    public Arrival Take(uint sequence)
    {
        if (sequence == _next)
        {
            _next++;
            return Arrival.InOrder;
        }

        if (sequence > _next)
        {
            // In order as far as anybody can tell; what was passed over may still come, out of order.
            (_missing ??= new Gaps()).Add(_next, sequence);
            _next = sequence + 1;
            return Arrival.InOrder;
        }

        return _missing?.Remove(sequence) == true ? Arrival.OutOfOrder
            : _givenUp?.Remove(sequence) == true ? Arrival.Late
            : Arrival.Repeated;
    }

    /// <summary>Goes on at a number without asking for those before it: a receiver that begins in the midst.</summary>
    public void BeginAt(uint next) => _next = next;

    /// <summary>Whether a number came before.</summary>
    public bool Has(uint sequence) =>
        sequence < _next && !Contains(_missing, sequence) && !Contains(_givenUp, sequence);

    /// <summary>Counts what of a feed has not come, and waits for it no longer.</summary>
    public long GiveUp(Feed feed)
    {
        var sent = feed.Sent;
        if (_missing is null && _next == sent)
            return 0;

        var lost = 0L;
        _givenUp ??= new Gaps();
        foreach (var (from, to) in _missing?.Ranges ?? [])
        {
            lost += feed.Acknowledged(from, to);
            _givenUp.Add(from, to);
        }

        lost += feed.Acknowledged(_next, sent);
        _givenUp.Add(_next, sent);
        (_missing, _next) = (null, Math.Max(_next, sent));
        return lost;
    }

    /// <summary>Whether everything acknowledged has come.</summary>
    public bool IsComplete(Feed feed)
    {
        foreach (var (from, to) in _missing?.Ranges ?? [])
        {
            if (feed.Acknowledged(from, to) > 0)
                return false;
        }

        return _next >= feed.Sent || feed.Acknowledged(_next, feed.Sent) == 0;
    }

    private static bool Contains(Gaps? gaps, uint number) => gaps?.Ranges.Any(range => range.From <= number && number < range.To) == true;
}
