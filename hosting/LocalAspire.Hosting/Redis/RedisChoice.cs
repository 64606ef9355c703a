using Aspire.Hosting;
using LocalAspire.Processes;
using Microsoft.Extensions.Configuration;

namespace LocalAspire.Redis;

/// <summary>Which Redis an app gets: the setting <c>LocalAspire:Redis</c>, or the first that is there.</summary>
internal sealed class RedisChoice(string resourceName, IConfiguration configuration)
{
    public const string SettingKey = "LocalAspire:Redis";

    private static readonly string[] Programs = ["redis-server", "valkey-server"];

    private string? Setting => configuration[SettingKey] is { Length: > 0 } setting ? setting : null;

    /// <summary>How to reach the one that runs elsewhere; null where the app runs its own.</summary>
    public string? ConnectionString => Setting is { } setting && setting.AsSpan().ContainsAny(':', ',', '=') ? setting : null;

    /// <summary>What the app runs; null where it runs elsewhere.</summary>
    /// <exception cref="DistributedApplicationException">The setting names something that is not there.</exception>
    public IRedisServer? Server
    {
        get
        {
            if (ConnectionString is not null)
                return null;

            return Setting switch
            {
                null => Programs.Select(ProgramFile.OnPath).FirstOrDefault(path => path is not null) is { } path ? new RedisServerProgram(path) : new GarnetServer(),
                "garnet" => new GarnetServer(),
                { } program when Programs.Contains(program) => new RedisServerProgram(ProgramFile.OnPath(program) ?? throw Missing(program)),
                { } other => throw new DistributedApplicationException($"The resource '{resourceName}' cannot start: the setting {SettingKey} is '{other}'. Set it to 'redis-server', 'valkey-server', 'garnet', or a connection string such as 'localhost:6379'; or leave it out."),
            };
        }
    }

    private DistributedApplicationException Missing(string program) =>
        new($"The resource '{resourceName}' cannot start: the setting {SettingKey} is '{program}', and there is no such program on the PATH. Install it, or leave the setting out to use Garnet.");
}
