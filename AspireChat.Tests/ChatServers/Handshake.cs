using System.Globalization;
using System.Text;

namespace AspireChat.Tests.ChatServers;

/// <summary>A server's answer to an upgrade.</summary>
internal sealed record Handshake(int Status, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public static async Task<Handshake> ReadAsync(Stream stream)
    {
        var head = await ReadToAsync(stream, "\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 ", head, StringComparison.Ordinal);
        var lines = head.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var headers = lines.Skip(1).Select(line => line.Split(": ", 2)).ToDictionary(parts => parts[0], parts => parts[1], StringComparer.OrdinalIgnoreCase);
        var status = int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture);
        return new Handshake(status, headers, await ReadBodyAsync(stream, headers));
    }

    private static async Task<string> ReadBodyAsync(Stream stream, Dictionary<string, string> headers)
    {
        if (headers.TryGetValue("Content-Length", out var length))
        {
            var body = new byte[int.Parse(length, CultureInfo.InvariantCulture)];
            await stream.ReadExactlyAsync(body, TestContext.Current.CancellationToken);
            return Encoding.UTF8.GetString(body);
        }

        var text = new StringBuilder();
        while (headers.ContainsKey("Transfer-Encoding") && await ReadChunkAsync(stream) is { Length: > 0 } chunk)
        {
            text.Append(chunk);
        }

        return text.ToString();
    }

    private static async Task<string> ReadChunkAsync(Stream stream)
    {
        var size = int.Parse((await ReadToAsync(stream, "\r\n"))[..^2], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        var chunk = new byte[size + 2];
        await stream.ReadExactlyAsync(chunk, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(chunk[..^2]);
    }

    private static async Task<string> ReadToAsync(Stream stream, string end)
    {
        var text = new StringBuilder();
        var one = new byte[1];
        while (!text.ToString().EndsWith(end, StringComparison.Ordinal))
        {
            Assert.Equal(1, await stream.ReadAsync(one, TestContext.Current.CancellationToken));
            text.Append((char)one[0]);
        }

        return text.ToString();
    }
}
