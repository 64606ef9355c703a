using System.Globalization;
using LocalAspire.Processes;

namespace LocalAspire.Redis;

/// <summary><c>redis-server</c> or <c>valkey-server</c>. Its configuration comes by standard input: a password among its arguments could be read by every user of the machine.</summary>
internal sealed class RedisServerProgram(string path) : IRedisServer
{
    public LaunchSpec Launch(RedisLaunch launch) => new()
    {
        Program = path,
        Arguments = ["-"],
        WorkingDirectory = launch.Directory,
        StandardInput = string.Create(CultureInfo.InvariantCulture, $"""
            bind 127.0.0.1
            port {launch.Port}
            requirepass {Quote(launch.Password)}
            dir {Quote(launch.Directory)}
            appendonly yes
            appendfsync everysec
            save ""
            daemonize no

            """),
    };

    private static string Quote(string value) => $"\"{value.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"";
}
