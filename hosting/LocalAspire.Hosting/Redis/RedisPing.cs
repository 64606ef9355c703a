using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LocalAspire.Redis;

/// <summary>Asks a Redis whether it serves: the two commands that this takes, by hand.</summary>
internal static class RedisPing
{
    private const int DefaultPort = 6379;
    private const string Pong = "+PONG";

    public static async Task<HealthCheckResult> CheckAsync(string connectionString, CancellationToken cancellationToken)
    {
        var parts = connectionString.Split(',', StringSplitOptions.TrimEntries);
        if (Option(parts, "ssl") is "true" or "True")
            return HealthCheckResult.Healthy("Reached with TLS, which this check does not speak: not asked.");

        var (host, port) = Address(parts[0]);
        using var client = new TcpClient();
        await client.ConnectAsync(host, port, cancellationToken);
        using var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.ASCII);

        if (Option(parts, "password") is { } password)
        {
            string[] login = Option(parts, "user") is { } user ? ["AUTH", user, password] : ["AUTH", password];
            if (await AskAsync(stream, reader, login, cancellationToken) is var answer && answer != "+OK")
                return HealthCheckResult.Unhealthy($"The Redis at {host}:{port} refused the password: {answer}");
        }

        return await AskAsync(stream, reader, ["PING"], cancellationToken) is var pong && pong == Pong
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy($"The Redis at {host}:{port} answered PING with {pong}");
    }

    private static async Task<string?> AskAsync(NetworkStream stream, StreamReader reader, string[] command, CancellationToken cancellationToken)
    {
        var request = new StringBuilder().Append('*').Append(command.Length).Append("\r\n");
        foreach (var word in command)
            request.Append('$').Append(Encoding.UTF8.GetByteCount(word)).Append("\r\n").Append(word).Append("\r\n");

        await stream.WriteAsync(Encoding.UTF8.GetBytes(request.ToString()), cancellationToken);
        return await reader.ReadLineAsync(cancellationToken);
    }

    private static string? Option(string[] parts, string name) =>
        parts.FirstOrDefault(part => part.StartsWith(name + "=", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..];

    private static (string Host, int Port) Address(string text)
    {
        var colon = text.LastIndexOf(':');
        return colon > 0 && int.TryParse(text[(colon + 1)..], out var port) ? (text[..colon].Trim('[', ']'), port) : (text, DefaultPort);
    }
}
