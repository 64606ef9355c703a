using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using StackExchange.Redis;

namespace AspireChat.ChatServer.Backplane.Streams;

/// <summary>A Lua script that is called by its digest once Redis has it, so that its text travels only in the first moments of a connection.</summary>
/// <remarks>
/// Calls that are started one after the other reach Redis in that order: until every server has confirmed the script, each call carries its text. One
/// that finds the script gone in spite of that (somebody flushed the scripts of Redis) fails, see <see cref="IsGone"/>, and the next carries the text again;
/// to repeat it here would let later calls overtake it. So it is on a node of a cluster that has just got a slot, or become a primary.
/// </remarks>
internal sealed class RedisScript
{
    private const int Unknown = 0;
    private const int Loading = 1;
    private const int Known = 2;

    private readonly string _text;
    private readonly byte[] _digest;
    private int _state;

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
    public void Forget() => Volatile.Write(ref _state, Unknown);

    /// <summary>Whether a call failed because Redis did not know the script: it did nothing, and may be made again.</summary>
    public static bool IsGone(RedisServerException exception) => exception.Message.StartsWith("NOSCRIPT", StringComparison.Ordinal);

    public Task<RedisResult> RunAsync(IDatabase database, RedisKey[] keys, RedisValue[] arguments)
    {
        if (Volatile.Read(ref _state) == Known)
            return RunByDigestAsync(database, keys, arguments);
        if (Interlocked.CompareExchange(ref _state, Loading, Unknown) == Unknown)
            _ = LoadAsync(database.Multiplexer);
        return database.ScriptEvaluateAsync(_text, keys, arguments, CommandFlags.NoScriptCache | CommandFlags.DemandMaster);
    }

    private async Task<RedisResult> RunByDigestAsync(IDatabase database, RedisKey[] keys, RedisValue[] arguments)
    {
        try
        {
            return await database.ScriptEvaluateAsync(_digest, keys, arguments, CommandFlags.DemandMaster);
        }
        catch (RedisServerException exception) when (IsGone(exception))
        {
            Forget();
            throw;
        }
    }

    /// <summary>Gives the script to every server; one that was only ever called with its text may be dropped by Redis.</summary>
    private async Task LoadAsync(IConnectionMultiplexer connection)
    {
        var state = Unknown;
        try
        {
            var servers = connection.GetServers().Where(server => server is { IsConnected: true, IsReplica: false });
            await Task.WhenAll(servers.Select(server => server.ScriptLoadAsync(_text)));
            state = Known;
        }
        catch (Exception exception) when (RedisTrouble.Explains(exception))
        {
            // Tried again with the next call, which carries the text as this one did.
        }
        finally
        {
            // Not where it was forgotten meanwhile: what was loaded then was loaded into another Redis.
            Interlocked.CompareExchange(ref _state, state, Loading);
        }
    }

    private static string ReadFile(string file)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(file)
            ?? throw new InvalidOperationException($"The script '{file}' is not in the assembly. Name it like a file that the project embeds.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
