using AspireChat.LoadTest.Hosts.Network;
using AspireChat.LoadTest.Processes;

namespace AspireChat.Tests.Hosts;

/// <summary>Whether hosts can be made here: tried once, for whatever fails later is a failure.</summary>
internal static class HostsAllowed
{
    private static readonly Lazy<Task<string?>> Hindrance = new(FindAsync);

    /// <summary>Skips the test, with the reason, where they cannot.</summary>
    public static async Task SkipUnlessAsync() => Assert.SkipWhen(await Hindrance.Value is not null, await Hindrance.Value ?? "");

    private static async Task<string?> FindAsync()
    {
        if (RedisProgram.Path is null)
            return "Neither 'redis-server' nor 'valkey-server' is on the PATH.";

        try
        {
            await using var network = await HostNetwork.StartAsync(["probe"], new LinkQuality());
            return null;
        }
        catch (CannotRunException e)
        {
            return e.Message;
        }
    }
}
