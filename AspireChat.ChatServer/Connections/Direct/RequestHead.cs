using System.Buffers;
using System.Text;

namespace AspireChat.ChatServer.Connections.Direct;

/// <summary>
/// The head of a request that is a plain upgrade of <c>/ws</c> and cannot be taken for anything else. Of what servers read differently, or is not needed by a
/// WebSocket, nothing is understood here: it is the web server's to read.
/// </summary>
/// <param name="Bytes">Its length; what follows belongs to the WebSocket.</param>
/// <param name="Query">The query with its question mark, or nothing.</param>
/// <param name="Headers">Its headers, each once.</param>
internal sealed record RequestHead(int Bytes, string Query, IHeaderDictionary Headers)
{
    public const string Path = "/ws";
    private const int MaxBytes = 4096;
    private const int MaxHeaders = 50;

    private static readonly SearchValues<byte> NameBytes = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-"u8);
    private static readonly SearchValues<byte> QueryBytes =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@/?%"u8);

    private static readonly SearchValues<char> AddressCharacters = SearchValues.Create("0123456789ABCDEFabcdef:.");

    /// <summary>The shortest address in brackets that the web server takes: <c>[::1]</c>.</summary>
    private const int MinBracketed = 5;

    /// <summary>Headers that say something of a body, or that are secret.</summary>
    private static readonly HashSet<string> NotForUs = new(StringComparer.OrdinalIgnoreCase)
    {
        "Authorization", "Proxy-Authorization", "Content-Length", "Transfer-Encoding", "Trailer", "TE", "Expect", "HTTP2-Settings",
    };

    private static ReadOnlySpan<byte> LineEnd => "\r\n"u8;

    /// <returns>Null in any doubt.</returns>
    public static RequestHead? TryRead(ReadOnlySpan<byte> received)
    {
        var end = received.IndexOf("\r\n\r\n"u8) + LineEnd.Length;
        if (end < LineEnd.Length || end > MaxBytes)
        {
            return null;
        }

        var lines = received[..end];
        var headers = new HeaderDictionary();
        if (!TryTakeLine(ref lines, out var first) || !TryReadQuery(first, out var query))
        {
            return null;
        }

        while (!lines.IsEmpty)
        {
            if (!TryTakeLine(ref lines, out var line) || !TryAddHeader(headers, line))
            {
                return null;
            }
        }

        return IsPlainUpgrade(headers) ? new RequestHead(end + LineEnd.Length, query, headers) : null;
    }

    /// <summary>Takes a line that has no other control bytes than the two at its end, and none past ASCII.</summary>
    private static bool TryTakeLine(ref ReadOnlySpan<byte> lines, out ReadOnlySpan<byte> line)
    {
        var end = lines.IndexOfAnyExceptInRange((byte)' ', (byte)'~');
        line = end < 0 ? lines : lines[..end];
        if (end < 0 || !lines[end..].StartsWith(LineEnd))
        {
            return false;
        }

        lines = lines[(end + LineEnd.Length)..];
        return true;
    }

    private static bool TryReadQuery(ReadOnlySpan<byte> line, out string query)
    {
        query = "";
        if (!line.StartsWith("GET /ws"u8) || !line.EndsWith(" HTTP/1.1"u8))
        {
            return false;
        }

        var rest = line["GET /ws".Length..^" HTTP/1.1".Length];
        query = Encoding.ASCII.GetString(rest);
        return rest.IsEmpty || (rest[0] == '?' && !rest.ContainsAnyExcept(QueryBytes));
    }

    private static bool TryAddHeader(HeaderDictionary headers, ReadOnlySpan<byte> line)
    {
        var length = line.IndexOf((byte)':');
        if (length <= 0 || line[..length].ContainsAnyExcept(NameBytes) || headers.Count == MaxHeaders)
        {
            return false;
        }

        var name = Encoding.ASCII.GetString(line[..length]);
        return !NotForUs.Contains(name) && headers.TryAdd(name, Encoding.ASCII.GetString(line[(length + 1)..].Trim((byte)' ')));
    }

    private static bool IsPlainUpgrade(IHeaderDictionary headers)
    {
        var connection = headers.Connection.ToString().Split(',', StringSplitOptions.TrimEntries);
        return IsHost(headers.Host.ToString())
            && string.Equals(headers.Upgrade, "websocket", StringComparison.OrdinalIgnoreCase)
            && connection.Contains("Upgrade", StringComparer.OrdinalIgnoreCase)
            && connection.All(static option => option.ToUpperInvariant() is "UPGRADE" or "KEEP-ALIVE");
    }

    /// <summary>A name or an address, and perhaps a port.</summary>
    private static bool IsHost(string host)
    {
        var port = host.IndexOf(':', host.StartsWith('[') ? host.IndexOf(']') + 1 : 0);
        var (name, number) = port < 0 ? (host, "0") : (host[..port], host[(port + 1)..]);
        return Uri.CheckHostName(name) != UriHostNameType.Unknown && (!name.StartsWith('[') || IsBracketed(name)) && number.Length is > 0 and <= 5 && number.All(char.IsAsciiDigit);
    }

    /// <summary>An address without a zone: others take <c>[fe80::1%eth0]</c>, the web server does not.</summary>
    private static bool IsBracketed(string name) => name.Length >= MinBracketed && !name.AsSpan()[1..^1].ContainsAnyExcept(AddressCharacters);
}
