using AspireChat.LoadTest.Auditing.Recording;

namespace AspireChat.LoadTest.Auditing.Checking;

/// <summary>One epoch of a room as all clients and acknowledgements together tell it: which message each offset names.</summary>
/// <param name="room">The room.</param>
/// <param name="epoch">The epoch.</param>
/// <param name="findings">Where violations go.</param>
internal sealed class StreamLedger(string room, string epoch, Findings findings)
{
    /// <summary>More than any server keeps in its history: what is older cannot come again.</summary>
    private const int Kept = 16_384;

    private readonly Dictionary<long, SeenMessage> _messages = [];

    public string Epoch => epoch;

    /// <summary>The highest offset that anybody has told of.</summary>
    public long Top { get; private set; }

    /// <summary>The message that an offset names, if anybody has told.</summary>
    public SeenMessage? this[long offset] => _messages.TryGetValue(offset, out var message) ? message : null;

    /// <summary>Somebody says that <paramref name="offset"/> names <paramref name="message"/>.</summary>
    public void Tell(long offset, SeenMessage message, string teller)
    {
        if (_messages.TryGetValue(offset, out var known))
        {
            if (known.Send != message.Send || known.Foreign != message.Foreign)
                findings.Add(ViolationKind.Forked, $"In room '{room}', offset {offset} of epoch '{epoch}' names {known}, and {teller} says {message}.");

            return;
        }

        if (offset <= Top - Kept)
            return;

        _messages.Add(offset, message);
        _messages.Remove(offset - Kept);
        Top = Math.Max(Top, offset);
    }
}
