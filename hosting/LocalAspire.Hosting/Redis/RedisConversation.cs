using System.Net.Sockets;
using System.Text;

namespace LocalAspire.Redis;

/// <summary>A connection to a Redis for the few commands that the host itself gives: a client library would be too much for them.</summary>
internal sealed class RedisConversation : IDisposable
{
    private const int DefaultPort = 6379;

    private readonly TcpClient _client = new();
    private readonly string[] _parts;
    private StreamReader? _reader;

    /// <param name="connectionString">As StackExchange.Redis reads it: addresses, of which the first counts, and options.</param>
    public RedisConversation(string connectionString)
    {
        _parts = connectionString.Split(',', StringSplitOptions.TrimEntries);
        (Host, Port) = Address(_parts[0]);
    }

    public string Host { get; }

    public int Port { get; }

    public bool NeedsTls => Option("ssl") is { } ssl && bool.TryParse(ssl, out var needed) && needed;

    /// <summary>Connects, and gives the password where there is one.</summary>
    /// <returns>The refusal; null where there is none.</returns>
    public async Task<string?> BeginAsync(CancellationToken cancellationToken)
    {
        await _client.ConnectAsync(Host, Port, cancellationToken);
        _reader = new StreamReader(_client.GetStream(), Encoding.ASCII);
        if (Option("password") is not { } password)
            return null;

        string[] login = Option("user") is { } user ? ["AUTH", user, password] : ["AUTH", password];
        var answer = await AskAsync(login, cancellationToken);
        return answer == "+OK" ? null : answer;
    }

    /// <returns>The first line of the answer; null where the connection ended.</returns>
    public async Task<string?> AskAsync(string[] command, CancellationToken cancellationToken)
    {
        var request = new StringBuilder().Append('*').Append(command.Length).Append("\r\n");
        foreach (var word in command)
            request.Append('$').Append(Encoding.UTF8.GetByteCount(word)).Append("\r\n").Append(word).Append("\r\n");

        await _client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(request.ToString()), cancellationToken);
        return await _reader!.ReadLineAsync(cancellationToken);
    }

    public void Dispose()
    {
        _reader?.Dispose();
        _client.Dispose();
    }

    private string? Option(string name) =>
        _parts.FirstOrDefault(part => part.StartsWith(name + "=", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..];

    private static (string Host, int Port) Address(string text)
    {
        var colon = text.LastIndexOf(':');
        return colon > 0 && int.TryParse(text[(colon + 1)..], out var port) ? (text[..colon].Trim('[', ']'), port) : (text, DefaultPort);
    }
}
