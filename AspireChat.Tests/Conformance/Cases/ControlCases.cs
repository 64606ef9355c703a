using AspireChat.Tests.ChatServers;
using static AspireChat.Tests.Conformance.Wire;

namespace AspireChat.Tests.Conformance.Cases;

/// <summary>Pings, pongs, and the bits and opcodes that nobody has a meaning for.</summary>
internal static class ControlCases
{
    public static IEnumerable<ConformanceCase> All()
    {
        var full = Enumerable.Range(0, 125).Select(i => (byte)(255 - i)).ToArray();
        yield return new("5.5.2", "A ping without payload is answered without payload", [Ping([])], [Answer.Pong([])]);
        yield return new("5.5.2", "A ping's payload comes back", [Ping("hello"u8)], [Answer.Pong("hello"u8)]);
        yield return new("5.5.2", "A ping's payload may be any 125 bytes", [Ping(full)], [Answer.Pong(full)]);
        yield return new ConformanceCase("5.5.2", "A ping's payload comes back", [Ping(full)], [Answer.Pong(full)]).ByteByByte();
        yield return new("5.5", "A ping of 126 bytes is refused by its header", [Header(126, 16, Final | PingCode)], [Answer.Close(1002)]);
        yield return new("5.5", "A ping of 65536 bytes is refused by its header", [Header(65536, 64, Final | PingCode)], [Answer.Close(1002)]);
        yield return new("5.5", "A pong of 126 bytes is refused by its header", [Header(126, 16, Final | PongCode)], [Answer.Close(1002)]);
        yield return new("5.5.3", "A pong that nobody asked for is not answered", [Pong([]), Pong("news"u8), Pong(full)], []);
        yield return new("5.5.3", "A pong does not answer for a ping", [Pong("a"u8), Ping("b"u8)], [Answer.Pong("b"u8)]);

        var pings = Enumerable.Range(0, 10).Select(i => (byte[])[(byte)i]).ToArray();
        yield return new("5.5.2", "Ten pings at once are answered in their order",
            [[.. pings.SelectMany(payload => Ping(payload))]], [.. pings.Select(payload => Answer.Pong(payload))]);

        foreach (var bits in (byte[])[0x40, 0x20, 0x10, 0x70])
        {
            foreach (var (code, what) in ((byte, string)[])[(TextCode, "text"), (PingCode, "ping"), (PongCode, "pong"), (CloseCode, "close")])
            {
                yield return new("5.2", $"A {what} with reserved bits 0x{bits:x2} is refused", [TestClient.Encode((byte)(Final | bits | code), [])], [Answer.Close(1002)]);
            }

            yield return new("5.2", $"A continuation with reserved bits 0x{bits:x2} is refused",
                [Fragments([1], [2])[0], TestClient.Encode((byte)(Final | bits | Continuation), [])], [Answer.Close(1002)]);
        }

        foreach (var code in (byte[])[0x3, 0x4, 0x5, 0x6, 0x7, 0xB, 0xC, 0xD, 0xE, 0xF])
        {
            yield return new("5.2", $"Opcode 0x{code:x} is refused", [TestClient.Encode((byte)(Final | code), [])], [Answer.Close(1002)]);
            yield return new("5.2", $"Opcode 0x{code:x} with a payload is refused, and what came before it answered",
                [Text(Echo("1")), TestClient.Encode((byte)(Final | code), "payload"u8), Ping("2"u8)], [Echoed("1"), Answer.Close(1002)]);
        }
    }
}
