namespace AspireChat.ChatServer.History;

/// <summary>The memory that all rooms' recently read history may take together. Past it, what was read serves those who wait and is not kept.</summary>
internal sealed class HistoryBudget(long bytes)
{
    private long _taken;

    public bool TryTake(int amount)
    {
        if (Interlocked.Add(ref _taken, amount) <= bytes)
            return true;

        Return(amount);
        return false;
    }

    public void Return(int amount) => Interlocked.Add(ref _taken, -amount);
}
