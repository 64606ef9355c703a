namespace AspireChat.LoadTest.Auditing.Checking;

/// <summary>A room's epochs in the order in which they first showed.</summary>
internal sealed class RoomLedger(string room, Findings findings)
{
    private readonly List<StreamLedger> _epochs = [];

    public string Room => room;

    /// <summary>Where the stream goes on; null when none has shown.</summary>
    public StreamLedger? Latest => _epochs.Count > 0 ? _epochs[^1] : null;

    public int Epochs => _epochs.Count;

    public StreamLedger this[string epoch]
    {
        get
        {
            if (_epochs.Find(known => known.Epoch == epoch) is { } ledger)
                return ledger;

            ledger = new StreamLedger(room, epoch, findings);
            _epochs.Add(ledger);
            return ledger;
        }
    }
}
