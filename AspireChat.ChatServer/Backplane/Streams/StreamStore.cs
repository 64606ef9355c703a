using System.Security.Cryptography;
using System.Text;
using AspireChat.ChatServer.Backplane.Envelopes;
using StackExchange.Redis;

namespace AspireChat.ChatServer.Backplane.Streams;

/// <summary>Rooms' streams in Redis: what the scripts do, in .NET's terms. Each call is one atomic step there, and none waits for another.</summary>
/// <remarks>Trouble with Redis surfaces as the exceptions of its client; see <see cref="RedisTrouble"/>.</remarks>
internal sealed class StreamStore : IDisposable
{
    private const int DigestSize = 16;
    private static readonly RedisValue[] HeadFields = ["epoch", "top", "mark"];

    private readonly RedisConnections _redis;
    private readonly StreamScripts _scripts;
    private readonly StreamOptions _options;
    private readonly MessageMarks _marks;
    private readonly string _epochStart;
    private long _epochs;

    public StreamStore(RedisConnections redis, StreamScripts scripts, StreamOptions options, MessageMarks marks, long version)
    {
        _redis = redis;
        _scripts = scripts;
        _options = options;
        _marks = marks;
        Version = version;
        VersionStart = $"{version}.";
        _epochStart = $"{VersionStart}{RandomNumberGenerator.GetHexString(16, lowercase: true)}-";
        _redis.PublisherLost += _scripts.Forget;
    }

    /// <summary>Of the mode switch; every epoch begins with it.</summary>
    public long Version { get; }

    private string VersionStart { get; }

    // Asked for each time: a rebuilt connection takes the former one's place.
    private IDatabase Database => _redis.Publisher.GetDatabase();

    /// <summary>Stores and publishes a message.</summary>
    public async Task<StoreResult> PublishAsync(KnownRoom room, Publication publication)
    {
        var (mark, generation) = (_marks.Next(), room.Generation);
        // Nothing is awaited before the script is on its way, so publications keep the order in which they were started.
        var answer = (RedisResult[])(await _scripts.Publish.RunAsync(Database, room.Keys,
        [
            room.Channel,
            NextEpoch(),
            room.EncodeHighest(),
            EncodeSend(publication),
            MessageTail.Encode(headSize: 0, mark, publication),
        ]))!;
        return Read(room, generation, answer);
    }

    /// <summary>Makes sure that the room has a stream that may go on; the caller's evidence that an epoch may not is <paramref name="broken"/>.</summary>
    public async Task<StoreResult> OpenAsync(KnownRoom room, string? broken)
    {
        var generation = room.Generation;
        var answer = (RedisResult[])(await _scripts.Open.RunAsync(Database, room.Keys, [room.Channel, NextEpoch(), room.EncodeHighest(), broken ?? ""]))!;
        return Read(room, generation, answer);
    }

    /// <summary>Reads what follows a position.</summary>
    public async Task<StreamPage> ReadAfterAsync(KnownRoom room, StreamPosition after, int limit) => ReadPage(
        (RedisResult[])(await _scripts.Read.RunAsync(Database, room.ReadKeys, [after.Epoch, after.Offset, limit]))!);

    /// <summary>Reads the newest messages.</summary>
    public async Task<StreamPage> ReadNewestAsync(KnownRoom room, int limit) => ReadPage(
        (RedisResult[])(await _scripts.Read.RunAsync(Database, room.ReadKeys, ["", 0, limit]))!);

    /// <summary>Where the stream stands; an empty epoch when there is none.</summary>
    public async Task<StreamHead> ReadHeadAsync(KnownRoom room)
    {
        var values = await Database.HashGetAsync(room.Keys[0], HeadFields);
        var epoch = (string?)values[0] ?? "";
        return IsPresent(epoch) ? new StreamHead(epoch, (long)values[1], ReadMark(values[2])) : new StreamHead("", 0, default);
    }

    /// <summary>Keeps a stream that is in use, though nothing is published in it, from expiring.</summary>
    public Task KeepAsync(KnownRoom room) => Database.KeyExpireAsync(room.Keys[0], _options.StreamLifetime, CommandFlags.FireAndForget);

    public void Dispose() => _redis.PublisherLost -= _scripts.Forget;

    /// <summary>Whether an epoch belongs to the present switch of the mode; any other is as good as none.</summary>
    private bool IsPresent(string epoch) => epoch.StartsWith(VersionStart, StringComparison.Ordinal);

    // Unique and not random each time: a random part for this store, and a number.
    private string NextEpoch() => string.Concat(_epochStart, Interlocked.Increment(ref _epochs).ToString("x", null));

    private static byte[] EncodeSend(in Publication publication)
    {
        // A name holds no control characters, so no other name and id join to the same text.
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{publication.Name}\n{publication.Id}"), digest);

        var bytes = new byte[2 * DigestSize];
        digest[..DigestSize].CopyTo(bytes);
        publication.TextDigest.Span[..DigestSize].CopyTo(bytes.AsSpan(DigestSize));
        return bytes;
    }

    private static StoreResult Read(KnownRoom room, int generation, RedisResult[] answer)
    {
        var status = (string?)answer[0] switch
        {
            "stored" or "repeated" or "open" => StoreStatus.Stands,
            "begun" => StoreStatus.Begun,
            "conflict" => StoreStatus.Conflict,
            "superseded" => StoreStatus.Superseded,
            var unknown => throw new InvalidOperationException($"The stream's script answered '{unknown}', which is no status. Script and server are of different versions."),
        };
        if (status is StoreStatus.Conflict or StoreStatus.Superseded)
            return new StoreResult(status, default);

        var head = new StreamHead((string)answer[1]!, (long)answer[2], ReadMark((RedisValue)answer[3]));
        room.Learn(head, generation);
        return new StoreResult(status, head);
    }

    private StreamPage ReadPage(RedisResult[] answer)
    {
        var epoch = (string?)answer[0] ?? "";
        if (!IsPresent(epoch))
            return StreamPage.None;

        var entries = (RedisResult[])answer[4]!;
        var messages = new StreamMessage[entries.Length];
        for (var i = 0; i < entries.Length; i++)
        {
            if (!StreamMessage.TryDecode((byte[])entries[i]!, out messages[i]))
                throw new BackplaneUnavailableException("The history holds an entry that this version cannot read. Another version of the server wrote it.");
        }

        return new StreamPage(new StreamHead(epoch, (long)answer[1], ReadMark((RedisValue)answer[2])), (long)answer[3], messages);
    }

    private static MessageMark ReadMark(RedisValue value)
    {
        var bytes = ((ReadOnlyMemory<byte>)value).Span;
        return bytes.Length == MessageMark.Size ? MessageMark.Read(bytes) : default;
    }
}
