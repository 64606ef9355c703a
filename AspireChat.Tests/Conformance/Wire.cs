using System.Buffers.Binary;
using System.Text;
using AspireChat.Tests.ChatServers;

namespace AspireChat.Tests.Conformance;

/// <summary>Frames of a client, right and wrong.</summary>
internal static class Wire
{
    public const byte Final = 0x80;
    public const byte Continuation = 0x0;
    public const byte TextCode = 0x1;
    public const byte BinaryCode = 0x2;
    public const byte CloseCode = 0x8;
    public const byte PingCode = 0x9;
    public const byte PongCode = 0xA;

    private const string EchoStart = "{\"type\":\"ping\",\"t\":\"";
    private const string EchoEnd = "\"}";

    public static byte[] Text(string text) => Text(Encoding.UTF8.GetBytes(text));

    public static byte[] Text(ReadOnlySpan<byte> text) => TestClient.Encode(Final | TextCode, text);

    public static byte[] Ping(ReadOnlySpan<byte> payload) => TestClient.Encode(Final | PingCode, payload);

    public static byte[] Pong(ReadOnlySpan<byte> payload) => TestClient.Encode(Final | PongCode, payload);

    public static byte[] Close(ushort code, ReadOnlySpan<byte> reason = default)
    {
        byte[] payload = [0, 0, .. reason];
        BinaryPrimitives.WriteUInt16BigEndian(payload, code);
        return TestClient.Encode(Final | CloseCode, payload);
    }

    /// <summary>A message in fragments, each of them a frame.</summary>
    public static byte[][] Fragments(params byte[][] parts) => [.. parts.Select((part, i) =>
        TestClient.Encode((byte)((i == 0 ? TextCode : Continuation) | (i == parts.Length - 1 ? Final : 0)), part))];

    /// <summary>The header of a text frame with its length in 16 or 64 bits, whatever it is, and no payload.</summary>
    public static byte[] Header(ulong length, int bits, byte first = Final | TextCode)
    {
        var header = new byte[2 + (bits / 8) + 4];
        header[0] = first;
        header[1] = (byte)(0x80 | (bits == 16 ? 126 : 127));
        if (bits == 16)
        {
            BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(2), (ushort)length);
        }
        else
        {
            BinaryPrimitives.WriteUInt64BigEndian(header.AsSpan(2), length);
        }

        return header;
    }

    /// <summary>A text that the server sends back with another type: the chat has no plainer echo.</summary>
    public static byte[] Echo(string text) => Encoding.UTF8.GetBytes(EchoStart + text + EchoEnd);

    public static byte[] Echo(ReadOnlySpan<byte> text) => [.. Encoding.UTF8.GetBytes(EchoStart), .. text, .. Encoding.UTF8.GetBytes(EchoEnd)];

    /// <summary>One of so many bytes, and its answer has as many.</summary>
    public static byte[] EchoOf(int length) => Echo(Filling(length));

    public static string Echoed(string text) => Answer.Text($"{{\"type\":\"pong\",\"t\":\"{text}\"}}");

    public static string EchoedOf(int length) => Echoed(Filling(length));

    private static string Filling(int length) => new('x', length - EchoStart.Length - EchoEnd.Length);
}
