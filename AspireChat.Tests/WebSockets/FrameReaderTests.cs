using System.Text;
using AspireChat.ChatServer.WebSockets;
using AspireChat.Tests.ChatServers;

namespace AspireChat.Tests.WebSockets;

public sealed class FrameReaderTests
{
    private const int Max = 1000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(10_000)]
    public void Messages_are_the_same_however_the_bytes_arrive(int step)
    {
        byte[] bytes =
        [
            .. TestClient.Encode(0x81, "first"u8),
            .. TestClient.Encode(0x01, "one "u8), .. TestClient.Encode(0x89, "ping"u8), .. TestClient.Encode(0x00, new byte[200].AsSpan()),
            .. TestClient.Encode(0x8A, ""u8), .. TestClient.Encode(0x80, " end"u8),
            .. TestClient.Encode(0x81, ""u8),
            .. TestClient.Encode(0x81, Encoding.UTF8.GetBytes(new string('x', Max))),
            .. TestClient.Encode(0x88, [0x03, 0xE8]),
        ];

        var read = Read(bytes, step);

        Assert.Equal(
            ["Text first", "Ping ping", "Pong ", $"Text one {new string('\0', 200)} end", "Text ", $"Text {new string('x', Max)}", "Close \u0003\ufffd"], read);
    }

    [Theory]
    [InlineData("reserved bit", new byte[] { 0xC1, 0x80 })]
    [InlineData("unknown opcode", new byte[] { 0x83, 0x80 })]
    [InlineData("unknown control opcode", new byte[] { 0x8B, 0x80 })]
    [InlineData("not masked", new byte[] { 0x81, 0x00 })]
    [InlineData("fragmented ping", new byte[] { 0x09, 0x80 })]
    [InlineData("long ping", new byte[] { 0x89, 0xFE })]
    [InlineData("length in more bytes than it needs", new byte[] { 0x81, 0xFE, 0x00, 0x7D })]
    [InlineData("length in far more bytes than it needs", new byte[] { 0x81, 0xFF, 0, 0, 0, 0, 0, 0, 0x01, 0x00 })]
    [InlineData("negative length", new byte[] { 0x81, 0xFF, 0x80, 0, 0, 0, 0, 0, 0, 0 })]
    [InlineData("continuation of nothing", new byte[] { 0x80, 0x80, 0, 0, 0, 0 })]
    [InlineData("message within a message", new byte[] { 0x01, 0x80, 0, 0, 0, 0, 0x81, 0x80, 0, 0, 0, 0 })]
    public void What_breaks_the_rules_is_told_as_soon_as_it_shows(string rule, byte[] bytes) => Assert.True(Read(bytes, 1) is ["Broken "], rule);

    [Fact]
    public void A_message_too_big_is_refused_by_its_header()
    {
        Assert.Equal(["TooBig "], Read(TestClient.Encode(0x81, new byte[Max + 1])[..4], 1));
        Assert.Equal(["TooBig "], Read([0x81, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], 10));
    }

    [Fact]
    public void Fragments_are_counted_together()
    {
        byte[] bytes = [.. TestClient.Encode(0x01, new byte[600]), .. TestClient.Encode(0x00, new byte[401])[..4]];

        Assert.Equal(["TooBig "], Read(bytes, 100));
    }

    [Fact]
    public void Text_must_be_utf8_over_all_its_fragments()
    {
        var euro = "€"u8.ToArray();
        byte[] bytes =
        [
            .. TestClient.Encode(0x01, euro.AsSpan(0, 1)), .. TestClient.Encode(0x80, euro.AsSpan(1)),
            .. TestClient.Encode(0x81, euro.AsSpan(0, 2)),
        ];

        Assert.Equal(["Text €", "NotUtf8 "], Read(bytes, 3).Select(line => line.StartsWith("Not", StringComparison.Ordinal) ? "NotUtf8 " : line));
    }

    [Fact]
    public void Only_a_close_is_seen_when_all_else_is_skipped()
    {
        byte[] bytes =
        [
            .. TestClient.Encode(0x82, new byte[5 * Max]), .. TestClient.Encode(0x01, new byte[900]), .. TestClient.Encode(0x80, new byte[900]),
            .. TestClient.Encode(0x88, [0x03, 0xE9]),
        ];
        var reader = new FrameReader(Max);
        reader.SkipToClose();

        Assert.Equal(["Close \u0003\ufffd"], Read(bytes, 333, reader));
    }

    [Fact]
    public void A_reader_with_nothing_under_way_holds_nothing()
    {
        var reader = new FrameReader(Max);

        Read(TestClient.Encode(0x81, "hello"u8), 100, reader);
        Assert.True(reader.IsEmpty);
        Read(TestClient.Encode(0x01, "hello"u8), 100, reader);
        Assert.False(reader.IsEmpty);
        Read(TestClient.Encode(0x80, "hello"u8)[..3], 100, reader);
        Assert.False(reader.IsEmpty);
    }

    private static List<string> Read(byte[] bytes, int step, FrameReader? reader = null)
    {
        reader ??= new FrameReader(Max);
        var found = new List<string>();
        for (var at = 0; at < bytes.Length;)
        {
            var memory = reader.GetMemory();
            var count = Math.Min(Math.Min(step, memory.Length), bytes.Length - at);
            bytes.AsMemory(at, count).CopyTo(memory);
            reader.Advance(count);
            at += count;
            while (reader.Read(out var payload) is var kind && kind != ReceivedKind.None)
            {
                found.Add($"{kind} {Encoding.UTF8.GetString(payload.Span)}");
                if (kind is ReceivedKind.Broken or ReceivedKind.TooBig)
                {
                    return found;
                }
            }
        }

        return found;
    }
}
