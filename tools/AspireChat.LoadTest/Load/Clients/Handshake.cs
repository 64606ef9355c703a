using System.Security.Cryptography;
using System.Text;

namespace AspireChat.LoadTest.Load.Clients;

/// <summary>The upgrade of one connection to a WebSocket: the request, and the check of its answer.</summary>
internal sealed class Handshake
{
    private const int MaxAnswerBytes = 16 * 1024;
    private const string AcceptSuffix = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private readonly string _key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));

    /// <param name="address">Where to.</param>
    /// <param name="protocols">The sub-protocols to offer; null for none.</param>
    /// <param name="token">The bearer token; null for none.</param>
    public byte[] Request(Uri address, string? protocols, string? token)
    {
        var request = new StringBuilder($"GET {address.PathAndQuery} HTTP/1.1\r\nHost: {address.Authority}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n");
        request.Append($"Sec-WebSocket-Key: {_key}\r\nSec-WebSocket-Version: 13\r\n");
        if (protocols is not null)
            request.Append($"Sec-WebSocket-Protocol: {protocols}\r\n");

        if (token is not null)
            request.Append($"Authorization: Bearer {token}\r\n");

        return Encoding.ASCII.GetBytes(request.Append("\r\n").ToString());
    }

    /// <summary>Reads the answer.</summary>
    /// <returns>What came behind it: the first frames.</returns>
    /// <exception cref="UpgradeRefusedException">It is another answer than an upgrade.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    public async Task<ReadOnlyMemory<byte>> ReadAnswerAsync(Stream stream, CancellationToken cancellationToken)
    {
        var buffer = new byte[1024];
        var filled = 0;
        while (true)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(filled), cancellationToken);
            if (read == 0)
                throw new IOException("The server ended the connection before it answered the upgrade.");

            filled += read;
            if (buffer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8) is >= 0 and var end)
            {
                Check(Encoding.Latin1.GetString(buffer, 0, end));
                return buffer.AsMemory(end + 4, filled - end - 4);
            }

            if (filled == MaxAnswerBytes)
                throw new IOException($"The answer to the upgrade is longer than {MaxAnswerBytes} bytes.");

            if (filled == buffer.Length)
                Array.Resize(ref buffer, buffer.Length * 2);
        }
    }

    private void Check(string answer)
    {
        var lines = answer.Split("\r\n");
        if (lines[0].Split(' ') is not [_, var status, ..] || status != "101")
            throw new UpgradeRefusedException(lines[0]);

#pragma warning disable CA5350 // RFC 6455 asks for SHA-1; it proves that the server speaks WebSocket, and nothing else.
        var accept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(_key + AcceptSuffix)));
#pragma warning restore CA5350
        if (!lines.Skip(1).Any(line => line.Split(':', 2) is [var name, var value] && name.Equals("Sec-WebSocket-Accept", StringComparison.OrdinalIgnoreCase) && value.Trim() == accept))
            throw new UpgradeRefusedException("an answer whose Sec-WebSocket-Accept is not that of the key");
    }
}
