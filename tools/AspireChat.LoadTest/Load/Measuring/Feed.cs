using System.Collections;

namespace AspireChat.LoadTest.Load.Measuring;

/// <summary>What one publisher sends to one room: numbered, and which numbers the server acknowledged.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class Feed(int room, string roomName, int slot)
{
    private readonly Lock _gate = new();
    private readonly BitArray _acknowledged = new(1024);
    private uint _sent;
    private uint _acknowledgedBelow;
    private uint _acknowledgedCount;

    public int Room => room;

    public string RoomName => roomName;

    public int Slot => slot;

    public uint Sent
    {
        get
        {
            lock (_gate)
                return _sent;
        }
    }

    public uint AcknowledgedCount
    {
        get
        {
            lock (_gate)
                return _acknowledgedCount;
        }
    }

    public Stamp Next(long now)
    {
        lock (_gate)
        {
            if (_acknowledged.Length == _sent)
                _acknowledged.Length *= 2;

            return new Stamp(room, slot, _sent++, now);
        }
    }

    /// <returns>False when that was known, or never sent.</returns>
    public bool Acknowledge(uint sequence)
    {
        lock (_gate)
        {
            if (sequence >= _sent || _acknowledged[(int)sequence])
                return false;

            _acknowledged[(int)sequence] = true;
            _acknowledgedCount++;
            while (_acknowledgedBelow < _sent && _acknowledged[(int)_acknowledgedBelow])
                _acknowledgedBelow++;

            return true;
        }
    }

    /// <summary>How many numbers from <paramref name="from"/> to before <paramref name="to"/> were acknowledged: only of these is it a loss if they do not come.</summary>
    public long Acknowledged(uint from, uint to)
    {
        lock (_gate)
        {
            if (to <= _acknowledgedBelow)
                return Math.Max(0, (long)to - from);

            var count = Math.Max(0, (long)_acknowledgedBelow - from);
            for (var i = Math.Max(from, _acknowledgedBelow); i < to; i++)
                count += _acknowledged[(int)i] ? 1 : 0;

            return count;
        }
    }
}
