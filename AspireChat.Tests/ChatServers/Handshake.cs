using System.Globalization;
using System.Text;

namespace AspireChat.Tests.ChatServers;

/// <summary>A server's answer to an upgrade.</summary>
internal sealed record Handshake(int Status, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public static async Task<Handshake> ReadAsync(Stream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            Assert.Equal(1, await stream.ReadAsync(one, TestContext.Current.CancellationToken));
            head.Append((char)one[0]);
        }

        var lines = head.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var headers = lines.Skip(1).Select(line => line.Split(": ", 2)).ToDictionary(parts => parts[0], parts => parts[1], StringComparer.OrdinalIgnoreCase);
        var status = int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture);
        return new Handshake(status, headers, status == 101 ? "" : await ReadBodyAsync(stream, headers));
    }

    private static async Task<string> ReadBodyAsync(Stream stream, Dictionary<string, string> headers)
    {
        if (headers.TryGetValue("Content-Length", out var length))
        {
            var body = new byte[int.Parse(length, CultureInfo.InvariantCulture)];
            await stream.ReadExactlyAsync(body, TestContext.Current.CancellationToken);
            return Encoding.UTF8.GetString(body);
        }

        // Chunked: one chunk is enough for an error.
        var rest = new byte[4096];
        var count = await stream.ReadAsync(rest, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(rest, 0, count);
    }
}
