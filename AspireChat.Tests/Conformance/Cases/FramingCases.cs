using static AspireChat.Tests.Conformance.Wire;

namespace AspireChat.Tests.Conformance.Cases;

/// <summary>Lengths, and how frames lie in the packets that bring them.</summary>
internal static class FramingCases
{
    public static IEnumerable<ConformanceCase> All()
    {
        yield return new("5.2", "A text of no bytes is a text", [Text("")], [Answer.Error("bad_json")]);
        foreach (var length in (int[])[23, 124, 125, 126, 127, 128, 65535, 65536])
        {
            yield return new("5.2", $"A text of {length} bytes is read", [Text(EchoOf(length))], [EchoedOf(length)]);
        }

        yield return new("10.4", "A text of 65537 bytes is too big by its header", [Header(65537, 64)], [Answer.Close(1009)]);
        yield return new("10.4", "A text of 2^31 bytes is too big", [Header(1UL << 31, 64)], [Answer.Close(1009)]);
        yield return new("10.4", "A text of 2^63-1 bytes is too big", [Header(long.MaxValue, 64)], [Answer.Close(1009)]);
        yield return new("10.4", "Fragments are too big together before the last is there",
            [.. Fragments(new byte[40_000], new byte[25_000], [])[..1], Header(25_537, 16, Continuation)], [Answer.Close(1009)]);
        yield return new("5.2", "A length of 2^63 is none", [Header(1UL << 63, 64)], [Answer.Close(1002)]);
        yield return new("5.2", "A length of 2^64-1 is none", [Header(ulong.MaxValue, 64)], [Answer.Close(1002)]);

        foreach (var (length, bits) in ((ulong, int)[])[(0, 16), (125, 16), (0, 64), (125, 64), (126, 64), (65535, 64)])
        {
            yield return new("5.2", $"A length of {length} in {bits} bits is longer than it need be", [Header(length, bits)], [Answer.Close(1002)]);
        }

        var three = (byte[][])[Text(Echo("1")), Ping("2"u8), Text(EchoOf(200))];
        string[] answers = [Echoed("1"), Answer.Pong("2"u8), EchoedOf(200)];
        yield return new("5.2", "Several frames in one packet are all read", [[.. three.SelectMany(frame => frame)]], answers);
        yield return new ConformanceCase("5.2", "Several frames are all read", three, answers).ByteByByte();
        yield return new("5.2", "A header may end with its packet", [.. three.SelectMany(frame => (byte[][])[frame[..6], frame[6..]])], answers);

        var unmasked = (byte first) => (byte[])[first, 2, (byte)'{', (byte)'}'];
        yield return new("5.1", "A text that is not masked is refused", [unmasked(Final | TextCode)], [Answer.Close(1002)]);
        yield return new("5.1", "A ping that is not masked is refused", [unmasked(Final | PingCode)], [Answer.Close(1002)]);
        yield return new("5.1", "A close that is not masked is refused", [[Final | CloseCode, 2, 0x03, 0xE8]], [Answer.Close(1002)]);
        yield return new("5.1", "A fragment that is not masked is refused", [Fragments([1], [2])[0], unmasked(Final | Continuation)], [Answer.Close(1002)]);
        yield return new("5.3", "A mask of zeros is a mask", [[.. Text("")[..2], 0, 0, 0, 0]], [Answer.Error("bad_json")]);
        yield return new("5.6", "A binary message is none of the chat's", [ChatServers.TestClient.Encode(Final | BinaryCode, "x"u8)], [Answer.Close(1003)]);
        yield return new("5.6", "A binary message is refused with its first fragment", [ChatServers.TestClient.Encode(BinaryCode, "x"u8)], [Answer.Close(1003)]);
        yield return new("5.6", "An empty binary message is a binary message", [ChatServers.TestClient.Encode(Final | BinaryCode, [])], [Answer.Close(1003)]);
    }
}
