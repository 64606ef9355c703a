namespace AspireChat.ChatServer.Connections;

/// <summary>Tells when something has happened 10 times within 10 s: what the protocol calls repeated. For one caller at a time.</summary>
internal sealed class Repetition(TimeProvider time)
{
    private const int Times = 10;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    private readonly long[] _last = new long[Times];
    private int _count;

    /// <summary>It happened once more.</summary>
    /// <returns>Whether that makes it repeated.</returns>
    public bool Add()
    {
        var now = time.GetTimestamp();
        _last[_count++ % Times] = now;
        return _count >= Times && time.GetElapsedTime(_last[_count % Times], now) <= Window;
    }
}
