using StackExchange.Redis;

namespace AspireChat.ChatServer.Backplane.Streams;

/// <summary>What became of the publications of one call.</summary>
/// <param name="Generations">Of each one's room, when it was asked.</param>
/// <param name="Answers">What the script says of each, in their order.</param>
/// <param name="Failure">Why there are no answers.</param>
internal readonly record struct PublishAnswer(int[] Generations, RedisValue[] Answers, Exception? Failure)
{
    /// <summary>Tells everybody who waits; those beyond the answers fared like the call as a whole.</summary>
    public void Tell(PendingPublication[] publications)
    {
        for (var i = 0; i < publications.Length; i++)
        {
            if (Failure is not null)
                publications[i].Tell(Failure);
            else
                Tell(publications[i], Generations[i], Answers[i]);
        }
    }

    private static void Tell(PendingPublication publication, int generation, RedisValue answer)
    {
        StoreResult result;
        try
        {
            result = StoreAnswer.Read(publication.Room, generation, answer);
        }
        catch (Exception exception)
        {
            publication.Tell(exception);
            return;
        }

        publication.Tell(result);
    }
}
