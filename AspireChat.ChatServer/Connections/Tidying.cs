using AspireChat.ChatServer.Upkeep;

namespace AspireChat.ChatServer.Connections;

/// <summary>
/// After a rush of new connections, gives back what their upgrades have left behind: a heap in which nothing more happens would keep it, and it is more than
/// the connections themselves need. Only once no more come, and only where the heap is so small that looking through it takes some ten milliseconds; in a
/// large one that remainder is of no weight.
/// </summary>
internal sealed class Tidying(ConnectionDirectory connections, Pulse pulse) : BackgroundService
{
    private const long Rush = 1_000;
    private const long LargeHeap = 64 * 1024 * 1024;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = pulse.Every(Interval);
        var (tidied, before) = (0L, 0L);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var opened = connections.Opened;
            if (opened == before && opened - tidied >= Rush)
            {
                tidied = opened;
                if (GC.GetTotalMemory(forceFullCollection: false) < LargeHeap)
                {
                    GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                }
            }

            before = opened;
        }
    }
}
