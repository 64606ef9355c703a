using AspireChat.ChatServer.Backplane.Redis;
using StackExchange.Redis;

namespace AspireChat.ChatServer.Backplane.Streams;

/// <summary>Publishes several messages, of one room or of many, by one call of the script.</summary>
internal sealed class PublishCall(RedisConnections redis, RedisScript script, EpochNames epochs)
{
    private const int KeysOfEach = 4;
    private const int ArgumentsOfAll = 2;
    private const int ArgumentsOfEach = 4;

    /// <summary>Never fails: a failure is the answer. Nothing is awaited before the call is on its way.</summary>
    public async Task<PublishAnswer> RunAsync(PendingPublication[] batch)
    {
        var generations = new int[batch.Length];
        try
        {
            var topology = redis.Topology;
            if (topology.IsCluster && batch.Any(publication => publication.Room != batch[0].Room))
                throw RedisTrouble.NotReached("Only now it is known that Redis is a cluster, where these cannot go together.");

            var keys = new RedisKey[KeysOfEach * batch.Length];
            var arguments = new RedisValue[ArgumentsOfAll + (ArgumentsOfEach * batch.Length)];
            arguments[0] = $"{epochs.Next()}-";
            arguments[1] = RedisChannels.CommandOf(topology);
            for (var i = 0; i < batch.Length; i++)
            {
                var room = batch[i].Room;
                var each = arguments.AsSpan(ArgumentsOfAll + (ArgumentsOfEach * i));
                room.Keys.CopyTo(keys.AsSpan(KeysOfEach * i));
                // Before what is known is read: see KnownRoom.
                generations[i] = room.Generation;
                each[0] = room.Channel;
                each[1] = room.EncodeHighest();
                each[2] = batch[i].Send;
                each[3] = batch[i].Message;
            }

            var answers = (RedisValue[]?)await SlotMove.OutlastAsync(() => RunAsync(keys, arguments));
            return answers?.Length == batch.Length
                ? new PublishAnswer(generations, answers, Failure: null)
                : throw new InvalidOperationException($"The stream's script answered {answers?.Length ?? 0} times for {batch.Length} messages. Script and server are of different versions.");
        }
        catch (Exception exception)
        {
            return new PublishAnswer(generations, [], exception);
        }
    }

    private async Task<RedisResult> RunAsync(RedisKey[] keys, RedisValue[] arguments)
    {
        // Asked for each time: a rebuilt connection takes the former one's place.
        try
        {
            return await script.RunAsync(redis.Publisher.GetDatabase(), keys, arguments);
        }
        catch (RedisServerException exception) when (RedisScript.IsGone(exception))
        {
            // Nothing was written, and nothing that came later is under way.
            return await script.RunAsync(redis.Publisher.GetDatabase(), keys, arguments);
        }
    }
}
