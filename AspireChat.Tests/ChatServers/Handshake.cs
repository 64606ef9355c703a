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
        var body = headers.ContainsKey("Transfer-Encoding") ? await ReadToAsync(stream, "\r\n0\r\n\r\n") : "";
        return new Handshake(status, headers, body);
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
