using AspireChat.LoadTest.Load.Measuring;

namespace AspireChat.LoadTest.Load.Clients;

/// <summary>A room of the run: who publishes in it, and how many have joined it.</summary>
internal sealed class LoadRoom(int number, string name, int publishers)
{
    private int _receivers;

    public int Number => number;

    /// <summary>Random, so that a run meets nobody else's messages.</summary>
    public string Name => name;

    /// <summary>One for each of its publishers.</summary>
    public IReadOnlyList<Feed> Feeds { get; } = [.. Enumerable.Range(0, publishers).Select(slot => new Feed(number, name, slot))];

    /// <summary>How many receivers have ever joined, and so are owed every message.</summary>
    public int Receivers => Volatile.Read(ref _receivers);

    public void AddReceiver() => Interlocked.Increment(ref _receivers);
}
