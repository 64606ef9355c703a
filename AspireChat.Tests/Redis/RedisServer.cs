using AspireChat.LoadTest.Processes;

namespace AspireChat.Tests.Redis;

/// <summary>A real Redis (or Garnet) process of a test's own, on loopback, to be paused, killed and restarted at will.</summary>
internal sealed class RedisServer : RedisProcess
{
    private RedisServer(RedisFlavour flavour, RedisServerOptions options)
        : base((port, folder) => RedisProgram.CommandLine(flavour, port, folder, options), runsScripts: options.SentinelOf is null) => Flavour = flavour;

    public RedisFlavour Flavour { get; }

    /// <summary>Starts a server and waits until it answers; skips the test where the flavour is not on this machine.</summary>
    public static async Task<RedisServer> StartAsync(RedisFlavour flavour, RedisServerOptions? options = null)
    {
        RedisProgram.SkipUnlessPresent(flavour);
        var server = new RedisServer(flavour, options ?? RedisServerOptions.Default);
        try
        {
            await server.StartAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }
}
