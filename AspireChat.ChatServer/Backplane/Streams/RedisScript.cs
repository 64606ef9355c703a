using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using StackExchange.Redis;

namespace AspireChat.ChatServer.Backplane.Streams;

/// <summary>A Lua script that is called by its digest, so that its text travels once a connection.</summary>
/// <remarks>
/// Calls that are started one after the other reach Redis in that order, the first ones on a new connection too: until one has succeeded there, each
/// carries the text. A script that is unknown in spite of that (somebody flushed the scripts of Redis) is sent again with its text.
/// </remarks>
internal sealed class RedisScript
{
    private readonly string _text;
    private readonly byte[] _digest;
    private volatile bool _loaded;

    private RedisScript(string text)
    {
        _text = text;
#pragma warning disable CA5350 // Redis names scripts by their SHA-1; nothing is kept secret or proved by it.
        _digest = SHA1.HashData(Encoding.UTF8.GetBytes(text));
#pragma warning restore CA5350
    }

    /// <param name="preamble">Goes before the files: declarations of what they use.</param>
    /// <param name="files">Files of this assembly by their names, put together in this order.</param>
    public static RedisScript Load(string preamble, params string[] files) =>
        new(string.Join('\n', files.Select(ReadFile).Prepend(preamble)));

    /// <summary>Call when the connection is lost: the next one may lead to a Redis that does not know the script.</summary>
    public void Forget() => _loaded = false;

    public Task<RedisResult> RunAsync(IDatabase database, RedisKey[] keys, RedisValue[] arguments) =>
        _loaded ? RunByDigestAsync(database, keys, arguments) : RunByTextAsync(database, keys, arguments);

    private async Task<RedisResult> RunByDigestAsync(IDatabase database, RedisKey[] keys, RedisValue[] arguments)
    {
        try
        {
            return await database.ScriptEvaluateAsync(_digest, keys, arguments);
        }
        catch (RedisServerException exception) when (exception.Message.StartsWith("NOSCRIPT", StringComparison.Ordinal))
        {
            _loaded = false;
            return await RunByTextAsync(database, keys, arguments);
        }
    }

    private async Task<RedisResult> RunByTextAsync(IDatabase database, RedisKey[] keys, RedisValue[] arguments)
    {
        var result = await database.ScriptEvaluateAsync(_text, keys, arguments, CommandFlags.NoScriptCache);
        _loaded = true;
        return result;
    }

    private static string ReadFile(string file)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(file)
            ?? throw new InvalidOperationException($"The script '{file}' is not in the assembly. Name it like a file that the project embeds.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
