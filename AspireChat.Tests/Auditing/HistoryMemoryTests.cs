namespace AspireChat.Tests.Auditing;

/// <summary>What a record of any length costs. Memory is measured of the whole process, so nothing else may run in it.</summary>
[Collection(nameof(Alone))]
public sealed class HistoryMemoryTests
{
    [Fact]
    public void Memory_does_not_grow_with_the_record()
    {
        var history = new History();
        Fill(history, 1, 20_000);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        Fill(history, 20_001, 60_000);
        var grown = GC.GetTotalMemory(forceFullCollection: true) - before;

        // Sends are kept, a million of them; the stream and its members are not.
        Assert.True(grown < 60_000 * 260, $"40,000 messages more took {grown / 1024} KiB.");
        history.End().AssertClean();

        static void Fill(History history, int first, int last)
        {
            for (var i = first; i <= last; i++)
                history.Say(i, i);
        }
    }
}
