using System.Net;
using System.Net.Sockets;
using System.Text;
using AspireChat.ChatServer.Connections.Direct;

namespace AspireChat.Tests.Fuzzing.Targets;

/// <summary>Heads of requests, against the web server's own reading of the same bytes: what is taken before it, it would have taken too, and understood alike.</summary>
internal sealed class RequestHeadTarget(int port) : FuzzTarget
{
    private const string Plain =
        "GET /ws HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

    public override string Name => "heads";

    public override IEnumerable<byte[]> Seeds => new[]
    {
        Plain,
        Plain.Replace("/ws", "/ws?a=1&b=%2F&c=%zz", StringComparison.Ordinal),
        Plain.Replace("Upgrade\r\n", "keep-alive, Upgrade\r\n", StringComparison.Ordinal),
        Plain.Replace("localhost", "[::1]:8080", StringComparison.Ordinal),
        Plain.Replace("\r\n\r\n", "\r\nOrigin: http://localhost\r\nCookie: a=b; c=\"d\"\r\nX-Forwarded-For: 10.0.0.7\r\nAccept-Language: en\r\n\r\n", StringComparison.Ordinal),
    }.Select(Encoding.Latin1.GetBytes);

    public override byte[][] Tokens => [.. new[]
    {
        "\r\n", "\n", "\r", ": ", ":", " ", "\t", "\0", "\r\n ", ",", "?", "%2e", "%00", "#", "//", "..", "@", "[", "]", ":80", ":99999", "*", "é", "\u007f", "xn--", "_", "-", ".", "localhost", "Host: ",
        "Host: a\r\n", "Content-Length: 5\r\n", "Transfer-Encoding: chunked\r\n", "Expect: 100-continue\r\n", "Connection: close\r\n", "Upgrade: h2c\r\n", "HTTP/1.0", "GET ", "POST ",
    }.Select(Encoding.Latin1.GetBytes)];

    /// <summary>The web server is asked over a socket.</summary>
    public override (long Fixed, int PerByte) Allocation => (1024 * 1024, 64);

    public override byte[] Generate(Random random)
    {
        string[] hosts =
        [
            "localhost", "LOCALHOST:80", "a.b-c.example", "127.0.0.1", "127.1", "0x7f.1", "[::1]", "[::1]:1", "[fe80::1%25eth0]", "[::ffff:1.2.3.4]", "a_b", "-a", "a-", "a..b", ".a", "a.", "1", "999.1.1.1", "localhost:",
            "localhost:0", "localhost:65536", "localhost:99999", "localhost:080", "[::1", "::1", "a,b", "[v1.a]", "xn--a", new('a', random.Next(1, 300)),
        ];
        string[] others = ["Origin: null", "Accept: */*", "User-Agent: x y (z)", "Cookie: a=b", "X-A: ", "X-B:", "X-C:   spaces   ", "Sec-WebSocket-Protocol: a, b", $"X-Long: {new string('x', random.Next(3000))}", "Keep-Alive: 5", "Date: x", "x: y", "-: -", "9: 9"];
        var headers = Enumerable.Range(0, random.Next(6)).Select(_ => others[random.Next(others.Length)]);
        var query = random.Next(2) == 0 ? "" : "?" + new string([.. Enumerable.Range(0, random.Next(12)).Select(_ => "az09-._~!$&'()*+,;=:@/?%"[random.Next(24)])]);
        return Encoding.Latin1.GetBytes(string.Join("\r\n",
            [$"GET /ws{query} HTTP/1.1", $"Host: {hosts[random.Next(hosts.Length)]}", "Connection: Upgrade", "Upgrade: websocket", .. headers, "", ""]));
    }

    public override string Check(byte[] input)
    {
        if (RequestHead.TryRead(input) is not { } head)
        {
            return "left to the web server";
        }

        var wanted = HeadEcho.Describe("/ws", head.Query, head.Headers);
        var (status, body) = Ask(input.AsSpan(0, head.Bytes));
        if (status != 200 || body != wanted)
        {
            throw new FuzzException($"The web server answers {status} '{body}' to a head that was read as '{wanted}'.");
        }

        return $"taken with {head.Headers.Count} headers and a query: {head.Query.Length > 0}";
    }

    private (int Status, string Body) Ask(ReadOnlySpan<byte> head)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(IPAddress.Loopback, port);
        socket.Send(head);
        var answer = new StringBuilder();
        var buffer = new byte[8192];
        while (socket.Receive(buffer) is > 0 and var count)
        {
            answer.Append(Encoding.UTF8.GetString(buffer, 0, count));
        }

        var text = answer.ToString();
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return end < 0 ? (0, text) : (int.Parse(text.AsSpan(9, 3), System.Globalization.CultureInfo.InvariantCulture), text[(end + 4)..]);
    }
}
