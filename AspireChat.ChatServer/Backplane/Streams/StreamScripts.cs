using System.Globalization;

namespace AspireChat.ChatServer.Backplane.Streams;

/// <summary>The scripts that keep rooms' streams in Redis; their files tell their keys, arguments and answers.</summary>
internal sealed class StreamScripts(StreamOptions options)
{
    public RedisScript Publish { get; } = RedisScript.Load(Bounds(options), "stream.lua", "publish.lua");

    public RedisScript Open { get; } = RedisScript.Load(Bounds(options), "stream.lua", "open.lua");

    public RedisScript Read { get; } = RedisScript.Load("", "read.lua");

    public void Forget()
    {
        Publish.Forget();
        Open.Forget();
        Read.Forget();
    }

    // Part of the text and not arguments: they are the same for every call.
    private static string Bounds(StreamOptions options) => string.Create(CultureInfo.InvariantCulture, $"""
        local HISTORY_MESSAGES, HISTORY_BYTES, SENDS = {options.HistoryMessages}, {options.HistoryBytes}, {options.Sends}
        local HISTORY_SECONDS, STREAM_SECONDS, SEND_SECONDS = {Seconds(options.HistoryLifetime)}, {Seconds(options.StreamLifetime)}, {Seconds(options.SendLifetime)}
        local EXPIRY_SLACK = {Seconds(options.ExpirySlack)}
        """);

    private static long Seconds(TimeSpan time) => (long)Math.Ceiling(time.TotalSeconds);
}
