namespace AspireChat.LoadTest.Auditing.Clients;

/// <summary>Numbers the sends of a run.</summary>
internal sealed class SendCounter
{
    private long _last = -1;

    public long Count => Volatile.Read(ref _last) + 1;

    public long Next() => Interlocked.Increment(ref _last);
}
