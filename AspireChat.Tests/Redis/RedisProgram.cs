using System.Reflection;

namespace AspireChat.Tests.Redis;

/// <summary>How to start a flavour of Redis on this machine: the program and its arguments.</summary>
internal static class RedisProgram
{
    private static readonly string GarnetPath =
        typeof(RedisProgram).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "GarnetServer").Value!;

    private static readonly string? RedisPath = LoadTest.Processes.RedisProgram.Path;

    public static bool IsPresent(RedisFlavour flavour) => flavour == RedisFlavour.Garnet || RedisPath is not null;

    /// <summary>Ends the test as skipped where the flavour is not on this machine.</summary>
    public static void SkipUnlessPresent(RedisFlavour flavour) =>
        Assert.SkipUnless(IsPresent(flavour), "Neither 'redis-server' nor 'valkey-server' is on the PATH.");

    public static string[] CommandLine(RedisFlavour flavour, int port, string folder, RedisServerOptions options) => flavour switch
    {
        RedisFlavour.Garnet =>
        [
            "dotnet", GarnetPath, "--port", $"{port}", "--bind", "127.0.0.1", "-q", "--lua", "--lua-transaction-mode",
            "--network-send-timeout", "2", "-p", "512k", "-i", "4m", "-m", options.GarnetMemory, .. GarnetPersistence(folder, options), .. options.Arguments,
        ],
        _ when options.SentinelOf is { } primary => [RedisPath!, SentinelSettings(port, folder, primary), "--sentinel"],
        _ =>
        [
            RedisPath!, "--port", $"{port}", "--bind", "127.0.0.1", "--dir", folder, "--save", "",
            .. options.Durable ? new[] { "--appendonly", "yes", "--appendfsync", "always" } : [], .. options.Arguments,
        ],
    };

    /// <summary>Written once: a sentinel keeps in it what it learns.</summary>
    private static string SentinelSettings(int port, string folder, string primary)
    {
        var file = Path.Combine(folder, "sentinel.conf");
        if (!File.Exists(file))
        {
            var service = primary.Split(' ')[0];
            File.WriteAllText(file, $"""
                port {port}
                bind 127.0.0.1
                dir {folder}
                sentinel monitor {primary} 2
                sentinel down-after-milliseconds {service} 1000
                sentinel failover-timeout {service} 3000

                """);
        }

        return file;
    }

    private static string[] GarnetPersistence(string folder, RedisServerOptions options) => options.Durable
        ? ["--aof", "--aof-memory", "8m", "--aof-page-size", "2m", "--checkpointdir", folder, "--aof-commit-freq", "0", "--device-type", "RandomAccess", "--recover"]
        : [];
}

/// <summary>What a test asks of its server.</summary>
internal sealed record RedisServerOptions
{
    public static RedisServerOptions Default { get; } = new();

    /// <summary>Whether everything that was answered survives a restart. Default: nothing does.</summary>
    public bool Durable { get; init; }

    /// <summary>Garnet's memory for records. Default 128m.</summary>
    public string GarnetMemory { get; init; } = "128m";

    /// <summary>Makes it a sentinel of this primary: its name, address and port. Default null: it is a Redis.</summary>
    public string? SentinelOf { get; init; }

    /// <summary>Added to the command line.</summary>
    public string[] Arguments { get; init; } = [];
}
