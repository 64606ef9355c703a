using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Aspire.Hosting;
using LocalAspire.Processes;

namespace LocalAspire.Redis;

/// <summary>Garnet, Microsoft's Redis-compatible server, for machines that have no Redis: it came with the packages of the build.</summary>
internal sealed class GarnetServer : IRedisServer
{
    private static readonly string? ProgramPath = typeof(GarnetServer).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(attribute => attribute.Key == "LocalAspire:Garnet")?.Value;

    public LaunchSpec Launch(RedisLaunch launch)
    {
        if (!File.Exists(ProgramPath))
            throw new DistributedApplicationException($"The resource '{launch.ResourceName}' cannot start: Garnet, which is used where there is no redis-server, is missing at '{ProgramPath}'. Restore the packages with 'dotnet restore' and build again, or install redis-server.");

        return new LaunchSpec
        {
            Program = DotnetHost.Path,
            Arguments =
            [
                ProgramPath,
                "--config-import-path", WritePassword(launch),
                "--port", launch.Port.ToString(CultureInfo.InvariantCulture),
                "--bind", "127.0.0.1",
                "-q",
                // Scripts must be atomic: without the second they interleave.
                "--lua", "--lua-transaction-mode",
                // By default one subscriber that does not read blocks every publisher of its channel for a minute.
                "--network-send-timeout", "2",
                // Bounds, not reservations. Past the first, what is oldest is dropped without a word: 10,000 messages and
                // as many remembered ids a room leave space for some hundred busy rooms.
                "--memory", "1g", "--page", "512k", "--index", "8m",
                "--aof", "--aof-memory", "8m", "--aof-page-size", "2m", "--aof-commit-freq", "1000", "--recover",
                // The default device aborts at the first write where io_uring is not to be had.
                "--device-type", "RandomAccess",
                "--checkpointdir", launch.Directory,
            ],
            WorkingDirectory = launch.Directory,
            BeforeStop = cancellationToken => CommitAsync(launch, cancellationToken),
            // One heap, and code that is not profiled: for development a quick start is worth more than the last of its speed.
            Variables = new Dictionary<string, string> { ["DOTNET_gcServer"] = "0", ["DOTNET_TieredPGO"] = "0" },
        };
    }

    /// <summary>A signal ends Garnet at once: without this, a restart would lose what was written in the last second.</summary>
    private static async Task CommitAsync(RedisLaunch launch, CancellationToken cancellationToken)
    {
        using var redis = new RedisConversation($"localhost:{launch.Port},password={launch.Password}");
        if (await redis.BeginAsync(cancellationToken) is null)
            await redis.AskAsync(["COMMITAOF"], cancellationToken);
    }

    /// <summary>Among the arguments it could be read by every user of the machine.</summary>
    private static string WritePassword(RedisLaunch launch)
    {
        var file = Path.Combine(launch.Directory, "garnet.json");
        File.WriteAllText(file, JsonSerializer.Serialize(new { AuthenticationMode = "Password", launch.Password }));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return file;
    }
}
