namespace AspireChat.ChatServer.Backplane;

/// <summary>Tells the log once when publishing begins to fail and once when it works again, however many publications fail meanwhile.</summary>
internal sealed class PublishTrouble(ILogger logger)
{
    private int _troubled;

    public void Note(Exception exception)
    {
        if (Volatile.Read(ref _troubled) == 0 && Interlocked.Exchange(ref _troubled, 1) == 0)
            logger.PublishingFails(exception);
    }

    public void Over()
    {
        if (Volatile.Read(ref _troubled) == 1 && Interlocked.Exchange(ref _troubled, 0) == 1)
            logger.PublishingWorks();
    }
}
