using System.Reflection;
using AspireChat.ChatServer.Backplane.Redis;
using StackExchange.Redis;

namespace AspireChat.ChatServer.Backplane;

/// <summary>
/// A Lua script kept in a <c>.lua</c> file of this assembly. It is sent once to each server and called by its digest from then on; a server that lost
/// it, by a restart say, is given it again.
/// </summary>
internal sealed class EmbeddedScript
{
    private readonly string _text;

    /// <param name="file">The file's name, without its folder: <c>presence-write.lua</c>.</param>
    public EmbeddedScript(string file)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(file)
            ?? throw new InvalidOperationException($"The script '{file}' is not in the assembly. Name it like a file that the project embeds.");
        using var reader = new StreamReader(stream);
        _text = reader.ReadToEnd();
    }

    /// <remarks>By a primary alone: a replica may tell of a past that is over.</remarks>
    public Task<RedisResult> RunAsync(IDatabase database, RedisKey[] keys, RedisValue[] arguments) =>
        SlotMove.OutlastAsync(() => database.ScriptEvaluateAsync(_text, keys, arguments, CommandFlags.DemandMaster));
}
