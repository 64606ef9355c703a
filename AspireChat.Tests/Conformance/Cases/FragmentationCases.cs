using AspireChat.Tests.ChatServers;
using static AspireChat.Tests.Conformance.Wire;

namespace AspireChat.Tests.Conformance.Cases;

/// <summary>Messages in several frames, and what may come between those.</summary>
internal static class FragmentationCases
{
    public static IEnumerable<ConformanceCase> All()
    {
        var echo = Echo("fragments");
        var two = Fragments(echo[..9], echo[9..]);
        var tiny = Fragments([.. EchoOf(1000).Select(one => (byte[])[one])]);
        yield return new("5.4", "Two fragments are one message", two, [Echoed("fragments")]);
        yield return new ConformanceCase("5.4", "Two fragments are one message", two, [Echoed("fragments")]).ByteByByte();
        yield return new("5.4", "Two fragments may share a packet", [[.. two[0], .. two[1]]], [Echoed("fragments")]);
        yield return new("5.4", "A thousand fragments of one byte are one message", [[.. tiny.SelectMany(fragment => fragment)]], [EchoedOf(1000)]);
        yield return new("5.4", "Fragments may be empty, the first, the last and those between", Fragments([], echo[..5], [], [], echo[5..], []), [Echoed("fragments")]);
        yield return new("5.4", "All fragments may be empty", Fragments([], [], []), [Answer.Error("bad_json")]);
        yield return new("5.4", "Fragments of 65536 bytes together are read", Fragments(EchoOf(65536)[..30000], EchoOf(65536)[30000..]), [EchoedOf(65536)]);

        yield return new("5.4", "A ping between two fragments is answered before the message", [two[0], Ping("now"u8), two[1]], [Answer.Pong("now"u8), Echoed("fragments")]);
        yield return new ConformanceCase("5.4", "A ping between two fragments is answered before the message",
            [two[0], Ping("now"u8), two[1]], [Answer.Pong("now"u8), Echoed("fragments")]).ByteByByte();
        yield return new("5.4", "Pings and pongs between two fragments leave the message whole",
            [[.. two[0], .. Ping("1"u8), .. Pong("2"u8), .. Ping("3"u8), .. two[1]]], [Answer.Pong("1"u8), Answer.Pong("3"u8), Echoed("fragments")]);
        yield return new("5.4", "A ping after every tiny fragment is answered",
            [[.. tiny[..50].SelectMany(fragment => (byte[])[.. fragment, .. Ping("x"u8)]), .. tiny[50..].SelectMany(fragment => fragment)]],
            [.. Enumerable.Repeat(Answer.Pong("x"u8), 50), EchoedOf(1000)]);
        yield return new("5.5.1", "A close between two fragments is answered and the message given up", [two[0], Close(1000)], [Answer.Close(1000)]);

        yield return new("5.4", "A last fragment of nothing is refused", [two[1]], [Answer.Close(1002)]);
        yield return new("5.4", "A fragment of nothing that is not the last is refused", [TestClient.Encode(Continuation, "x"u8)], [Answer.Close(1002)]);
        yield return new("5.4", "A fragment after the last is refused", [.. two, two[1]], [Echoed("fragments"), Answer.Close(1002)]);
        yield return new("5.4", "A text within a message is refused", [two[0], Text(echo)], [Answer.Close(1002)]);
        yield return new("5.4", "The first fragment of a text within a message is refused", [two[0], two[0]], [Answer.Close(1002)]);
        yield return new("5.4", "A binary message within a message is refused", [two[0], TestClient.Encode(Final | BinaryCode, "x"u8)], [Answer.Close(1002)]);

        foreach (var (code, what) in ((byte, string)[])[(PingCode, "ping"), (PongCode, "pong"), (CloseCode, "close")])
        {
            yield return new("5.5", $"A fragment of a {what} is refused", [TestClient.Encode(code, [])], [Answer.Close(1002)]);
            yield return new("5.5", $"A fragment of a {what} within a message is refused", [two[0], TestClient.Encode(code, []), two[1]], [Answer.Close(1002)]);
        }
    }
}
