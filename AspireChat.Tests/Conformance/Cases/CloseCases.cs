using AspireChat.Tests.ChatServers;
using static AspireChat.Tests.Conformance.Wire;

namespace AspireChat.Tests.Conformance.Cases;

/// <summary>The end of a connection, begun by either side or both.</summary>
internal static class CloseCases
{
    private static readonly ushort[] Valid = [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4001, 4999];
    private static readonly ushort[] Invalid = [0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535];

    public static IEnumerable<ConformanceCase> All()
    {
        var longest = new string('x', 123).Select(letter => (byte)letter).ToArray();
        yield return new("5.5.1", "A close without code is answered with 1000", [TestClient.Encode(Final | CloseCode, [])], [Answer.Close(1000)]);
        foreach (var code in Valid)
        {
            yield return new("7.4", $"A close with {code} is answered with it", [Close(code)], [Answer.Close(code)]);
        }

        foreach (var code in Invalid)
        {
            yield return new("7.4", $"A close with {code} is an error", [Close(code)], [Answer.Close(1002)]);
        }

        yield return new("5.5.1", "A close with half a code is an error", [TestClient.Encode(Final | CloseCode, [3])], [Answer.Close(1002)]);
        yield return new("5.5.1", "A close with a reason is answered", [Close(1000, "bye, κόσμε"u8)], [Answer.Close(1000)]);
        yield return new("5.5.1", "A close with the longest reason is answered", [Close(1000, longest)], [Answer.Close(1000)]);
        yield return new("5.5", "A close that is longer is refused by its header", [Header(126, 16, Final | CloseCode)], [Answer.Close(1002)]);
        yield return new("5.5.1", "A close with a reason that is not UTF-8 is an error", [Close(1000, [0xC3, 0x28])], [Answer.Close(1002)]);
        yield return new("5.5.1", "A close with a reason that is cut short is an error", [Close(1000, [.. "x"u8, 0xE2, 0x82])], [Answer.Close(1002)]);
        yield return new ConformanceCase("5.5.1", "A close with a reason is answered", [Close(4000, "bye"u8)], [Answer.Close(4000)]).ByteByByte();

        yield return new("5.5.1", "What came before a close is answered before it", [[.. Text(Echo("1")), .. Ping("2"u8), .. Close(1000)]],
            [Echoed("1"), Answer.Pong("2"u8), Answer.Close(1000)]);
        yield return new("5.5.1", "What follows a close in its packet is not read", [[.. Close(1000), .. Ping("x"u8), .. Text(Echo("x")), .. Close(1001)]], [Answer.Close(1000)]);
        yield return new("5.5.1", "Nonsense that follows a close in its packet does no harm", [[.. Close(1000), 0xFF, 0xFF, 0xFF]], [Answer.Close(1000)]);
        yield return new("7.1.2", "Where both sides close, each has said why", [[.. TestClient.Encode(Final | BinaryCode, "x"u8), .. Close(1000)]], [Answer.Close(1003)]);
        yield return new("5.5.1", "Once the server has closed it answers nothing", [[.. TestClient.Encode(Final | BinaryCode, "x"u8), .. Ping("x"u8), .. Text(Echo("x"))]],
            [Answer.Close(1003)]);
    }
}
