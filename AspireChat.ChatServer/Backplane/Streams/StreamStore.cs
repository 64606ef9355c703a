using AspireChat.ChatServer.Backplane.Envelopes;
using AspireChat.ChatServer.Backplane.Redis;
using StackExchange.Redis;

namespace AspireChat.ChatServer.Backplane.Streams;

/// <summary>Rooms' streams in Redis: what the scripts do, in .NET's terms. Each step is atomic there.</summary>
/// <remarks>Trouble with Redis surfaces as the exceptions of its client; see <see cref="RedisTrouble"/>.</remarks>
internal sealed class StreamStore : IDisposable
{
    private static readonly RedisValue[] HeadFields = ["epoch", "top", "mark"];

    private readonly RedisConnections _redis;
    private readonly StreamScripts _scripts;
    private readonly StreamOptions _options;
    private readonly MessageMarks _marks;
    private readonly EpochNames _epochs;
    private readonly PublishQueues _queues;

    public StreamStore(RedisConnections redis, StreamScripts scripts, StreamOptions options, MessageMarks marks, long version)
    {
        _redis = redis;
        _scripts = scripts;
        _options = options;
        _marks = marks;
        Version = version;
        _epochs = new EpochNames(version);
        _queues = new PublishQueues(redis, new PublishCall(redis, scripts.Publish, _epochs));
        _redis.PublisherLost += _scripts.Forget;
    }

    /// <summary>Of the mode switch; every epoch begins with it.</summary>
    public long Version { get; }

    // Asked for each time: a rebuilt connection takes the former one's place.
    private IDatabase Database => _redis.Publisher.GetDatabase();

    /// <summary>Stores and publishes a message, behind those that were given before. What awaits it must not block: others wait behind it.</summary>
    public Task<StoreResult> PublishAsync(KnownRoom room, in Publication publication) =>
        _queues.Of(room).AddAsync(new PendingPublication(room, publication, _marks.Next()));

    /// <summary>Makes sure that the room has a stream that may go on; the caller's evidence that an epoch may not is <paramref name="broken"/>.</summary>
    public async Task<StoreResult> OpenAsync(KnownRoom room, string? broken)
    {
        var generation = room.Generation;
        var answer = await RunAsync(
            _scripts.Open, room.Keys, [room.Channel, _epochs.Next(), room.EncodeHighest(), broken ?? "", RedisChannels.CommandOf(_redis.Topology)]);
        return StoreAnswer.Read(room, generation, (RedisValue)answer);
    }

    /// <summary>Reads what follows a position.</summary>
    public Task<StreamPage> ReadAfterAsync(KnownRoom room, StreamPosition after, int limit) =>
        ReadPageAsync(room, [after.Epoch, after.Offset, limit]);

    /// <summary>Reads the newest messages.</summary>
    public Task<StreamPage> ReadNewestAsync(KnownRoom room, int limit) => ReadPageAsync(room, ["", 0, limit]);

    /// <summary>Where the stream stands; an empty epoch when there is none.</summary>
    public async Task<StreamHead> ReadHeadAsync(KnownRoom room)
    {
        var generation = room.Generation;
        var values = await Database.HashGetAsync(room.Keys[0], HeadFields, CommandFlags.DemandMaster);
        var epoch = (string?)values[0] ?? "";
        return _epochs.IsPresent(epoch) ? Learn(room, generation, new StreamHead(epoch, (long)values[1], ReadMark(values[2]))) : StreamPage.None.Head;
    }

    /// <summary>Keeps a stream that is in use, though nothing is published in it, from expiring.</summary>
    public Task KeepAsync(KnownRoom room) => Database.KeyExpireAsync(room.Keys[0], _options.StreamLifetime, CommandFlags.FireAndForget);

    public void Dispose() => _redis.PublisherLost -= _scripts.Forget;

    /// <summary>Runs what no other call depends on: so it may be made again where Redis does not know the script.</summary>
    private Task<RedisResult> RunAsync(RedisScript script, RedisKey[] keys, RedisValue[] arguments) => SlotMove.OutlastAsync(async () =>
    {
        try
        {
            return await script.RunAsync(Database, keys, arguments);
        }
        catch (RedisServerException exception) when (RedisScript.IsGone(exception))
        {
            return await script.RunAsync(Database, keys, arguments);
        }
    });

    private async Task<StreamPage> ReadPageAsync(KnownRoom room, RedisValue[] arguments)
    {
        var generation = room.Generation;
        var answer = (RedisResult[])(await RunAsync(_scripts.Read, room.ReadKeys, arguments))!;
        var epoch = (string?)answer[0] ?? "";
        if (!_epochs.IsPresent(epoch))
            return StreamPage.None;

        var entries = (RedisResult[])answer[4]!;
        var messages = new StreamMessage[entries.Length];
        for (var i = 0; i < entries.Length; i++)
        {
            if (!StreamMessage.TryDecode((byte[])entries[i]!, out messages[i]))
                throw new BackplaneUnavailableException("The history holds an entry that this version cannot read. Another version of the server wrote it.");
        }

        return new StreamPage(Learn(room, generation, new StreamHead(epoch, (long)answer[1], ReadMark((RedisValue)answer[2]))), (long)answer[3], messages);
    }

    private static StreamHead Learn(KnownRoom room, int generation, StreamHead head)
    {
        room.Learn(head, generation);
        return head;
    }

    private static MessageMark ReadMark(RedisValue value)
    {
        var bytes = ((ReadOnlyMemory<byte>)value).Span;
        return bytes.Length == MessageMark.Size ? MessageMark.Read(bytes) : default;
    }
}
