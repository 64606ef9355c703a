using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace AspireChat.Tests.ChatServers;

/// <summary>
/// A client of our own making on a plain socket: it can send what no WebSocket library would, and sees each frame as it is on the wire. It checks that
/// what it gets is well-formed by RFC 6455.
/// </summary>
internal sealed class TestClient : IAsyncDisposable
{
    private static readonly byte[] Mask = [0x37, 0xfa, 0x21, 0x3d];

    private readonly TcpClient _tcp;
    private readonly BufferedStream _stream;

    private TestClient(TcpClient tcp, BufferedStream stream, Handshake handshake)
    {
        (_tcp, _stream, Handshake) = (tcp, stream, handshake);
    }

    public Handshake Handshake { get; }

    public bool AnswersPings { get; set; } = true;

    /// <summary>How long it waits for a frame.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(60);

    public static async Task<TestClient> OpenAsync(Uri server, string? origin = null, string? subProtocol = "aspirechat.v1")
    {
        var (handshake, client) = await TryOpenAsync(server, origin is null ? [] : [$"Origin: {origin}"], subProtocol);
        return client ?? throw new InvalidOperationException($"The upgrade was refused with {handshake.Status}.");
    }

    public static async Task<(Handshake Handshake, TestClient? Client)> TryOpenAsync(
        Uri server, string[] headers, string? subProtocol = "aspirechat.v1", int? receiveBuffer = null)
    {
        var tcp = new TcpClient();
        if (receiveBuffer is { } bytes)
        {
            tcp.ReceiveBufferSize = bytes;
        }

        await tcp.ConnectAsync(server.Host, server.Port, TestContext.Current.CancellationToken);
        tcp.NoDelay = true;
        var stream = new BufferedStream(tcp.GetStream());
        string[] lines =
        [
            "GET /ws HTTP/1.1", $"Host: {server.Authority}", "Connection: Upgrade", "Upgrade: websocket",
            "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            .. subProtocol is null ? (string[])[] : [$"Sec-WebSocket-Protocol: {subProtocol}"],
            .. headers, "", "",
        ];
        await tcp.GetStream().WriteAsync(Encoding.ASCII.GetBytes(string.Join("\r\n", lines)), TestContext.Current.CancellationToken);
        var handshake = await Handshake.ReadAsync(stream);
        if (handshake.Status != 101)
        {
            tcp.Dispose();
            return (handshake, null);
        }

        return (handshake, new TestClient(tcp, stream, handshake));
    }

    public Task SendAsync(object frame) => SendTextAsync(JsonSerializer.Serialize(frame));

    public Task SendTextAsync(string text) => SendFrameAsync(0x81, Encoding.UTF8.GetBytes(text));

    /// <param name="first">The first byte: final bit, reserved bits and opcode.</param>
    /// <param name="payload">The payload, not yet masked.</param>
    public Task SendFrameAsync(byte first, ReadOnlySpan<byte> payload) => SendRawAsync(Encode(first, payload));

    public async Task SendRawAsync(byte[] bytes)
    {
        // Past the buffer, which is for reading: it cannot be written to while it holds what was not read yet.
        await _tcp.GetStream().WriteAsync(bytes, TestContext.Current.CancellationToken);
    }

    /// <summary>The next frame but pings, which are answered; null when the server has ended the connection.</summary>
    /// <exception cref="TimeoutException">Nothing but pings came for as long as <see cref="Patience"/>.</exception>
    public Task<TestFrame?> NextFrameAsync()
    {
        return ReadOnAsync().WaitAsync(Patience, TestContext.Current.CancellationToken);

        async Task<TestFrame?> ReadOnAsync()
        {
            while (true)
            {
                var frame = await ReadFrameAsync();
                if (frame is not { Opcode: TestFrame.PingOpcode } || !AnswersPings)
                {
                    return frame;
                }

                await SendFrameAsync(0x8A, frame.Payload);
            }
        }
    }

    /// <summary>The next frame, which must be text and of this type.</summary>
    public async Task<JsonElement> NextAsync(string type)
    {
        var frame = await NextFrameAsync();
        Assert.True(frame?.Opcode == TestFrame.TextOpcode, $"Expected {type}, got {Describe(frame)}.");
        var json = frame!.Json;
        Assert.True(json.GetProperty("type").GetString() == type, $"Expected {type}, got {frame.Text}.");
        return json;
    }

    /// <summary>The next frame of this type; others before it are passed over, but not an error.</summary>
    public async Task<JsonElement> SkipToAsync(string type)
    {
        while (true)
        {
            var frame = await NextFrameAsync();
            Assert.True(frame?.Opcode == TestFrame.TextOpcode, $"Expected {type}, got {Describe(frame)}.");
            var json = frame!.Json;
            var actual = json.GetProperty("type").GetString();
            if (actual == type)
            {
                return json;
            }

            Assert.True(actual != "error", $"Expected {type}, got {frame.Text}.");
        }
    }

    /// <summary>Reads on to the server's close, answers it, and sees that the server ends the connection.</summary>
    public async Task<int> ReadCloseAsync()
    {
        while (true)
        {
            var frame = await NextFrameAsync();
            Assert.True(frame is not null, "The server ended the connection without a close.");
            if (frame.Opcode == TestFrame.CloseOpcode)
            {
                await SendFrameAsync(0x88, frame.Payload);
                Assert.Null(await ReadFrameAsync());
                return frame.CloseCode;
            }
        }
    }

    public async Task<JsonElement> JoinAsync(string room, string name, int history = 50, bool presence = false, object? since = null)
    {
        await SendAsync(since is null
            ? new { type = "join", room, name, history, presence }
            : new { type = "join", room, name, history, presence, since });
        return await NextAsync("joined");
    }

    public Task SayAsync(string room, string id, string text, string? name = null) => SendAsync(name is null
        ? new { type = "send", room, id, text }
        : new { type = "send", room, id, text, name });

    /// <summary>Tells the server that nothing more comes; what it sends can still be read.</summary>
    public void EndSending() => _tcp.Client.Shutdown(SocketShutdown.Send);

    /// <summary>Reads to the end of the connection.</summary>
    /// <returns>Whether the server ended it; false when it was reset.</returns>
    public async Task<bool> EndsAsync()
    {
        try
        {
            await ReadToEndAsync();
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>All that comes to the end of the connection, as it is on the wire.</summary>
    /// <exception cref="IOException">The connection was reset.</exception>
    public async Task<byte[]> ReadToEndAsync()
    {
        using var rest = new MemoryStream();
        await _stream.CopyToAsync(rest, TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);
        return rest.ToArray();
    }

    /// <summary>Ends the socket without a close.</summary>
    public void Cut() => _tcp.Client.Close(0);

    public ValueTask DisposeAsync()
    {
        _tcp.Dispose();
        return ValueTask.CompletedTask;
    }

    public static byte[] Encode(byte first, ReadOnlySpan<byte> payload)
    {
        var header = new byte[14];
        header[0] = first;
        var size = 2;
        switch (payload.Length)
        {
            case < 126:
                header[1] = (byte)payload.Length;
                break;
            case <= ushort.MaxValue:
                header[1] = 126;
                BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(2), (ushort)payload.Length);
                size = 4;
                break;
            default:
                header[1] = 127;
                BinaryPrimitives.WriteInt64BigEndian(header.AsSpan(2), payload.Length);
                size = 10;
                break;
        }

        header[1] |= 0x80;
        Mask.CopyTo(header, size);
        var masked = payload.ToArray();
        for (var i = 0; i < masked.Length; i++)
        {
            masked[i] ^= Mask[i % 4];
        }

        return [.. header[..(size + 4)], .. masked];
    }

    private static string Describe(TestFrame? frame) => frame switch
    {
        null => "the end",
        { Opcode: TestFrame.CloseOpcode } => $"close {frame.CloseCode}",
        _ => frame.Text,
    };

    private async Task<TestFrame?> ReadFrameAsync()
    {
        var header = new byte[2];
        if (await ReadAsync(header) == 0)
        {
            return null;
        }

        Assert.True((header[0] & 0xF0) == 0x80, "A server's frames are final, without reserved bits.");
        Assert.True((header[1] & 0x80) == 0, "A server's frames are not masked.");
        long length = header[1];
        if (length == 126)
        {
            var extended = new byte[2];
            await ReadAsync(extended);
            length = BinaryPrimitives.ReadUInt16BigEndian(extended);
            Assert.True(length > 125, "Lengths take the fewest bytes.");
        }
        else if (length == 127)
        {
            var extended = new byte[8];
            await ReadAsync(extended);
            length = BinaryPrimitives.ReadInt64BigEndian(extended);
            Assert.True(length > ushort.MaxValue, "Lengths take the fewest bytes.");
        }

        // A connection that was given up may end within a frame.
        var payload = new byte[length];
        if (await ReadAsync(payload) < length)
        {
            return null;
        }

        return new TestFrame(header[0] & 0x0F, payload);
    }

    private async Task<int> ReadAsync(byte[] bytes)
    {
        try
        {
            return await _stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, TestContext.Current.CancellationToken)
                .AsTask().WaitAsync(Patience, TestContext.Current.CancellationToken);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
