using System.Text;
using System.Text.Unicode;
using AspireChat.Tests.ChatServers;

namespace AspireChat.Tests.Conformance;

/// <summary>Frames of a server as texts that can be listed and compared.</summary>
internal static class Answer
{
    public static string Text(string json) => $"text {json}";

    public static string Pong(ReadOnlySpan<byte> payload) => $"pong {Convert.ToHexString(payload)}";

    public static string Close(int code) => $"close {code}";

    public static string Error(string code) => $"error {code}";

    public static string Of(TestFrame frame)
    {
        switch (frame.Opcode)
        {
            case TestFrame.TextOpcode:
                Assert.True(Utf8.IsValid(frame.Payload), "A server's texts are UTF-8.");
                return frame.Payload.AsSpan().StartsWith("{\"type\":\"error\""u8) ? Error(frame.Json.GetProperty("code").GetString()!) : Text(frame.Text);
            case TestFrame.PongOpcode:
                return Pong(frame.Payload);
            case TestFrame.CloseOpcode:
                Assert.InRange(frame.Payload.Length, 2, 125);
                Assert.True(Utf8.IsValid(frame.Payload.AsSpan(2)), "A server's reasons are UTF-8.");
                return Close(frame.CloseCode);
            default:
                return $"opcode {frame.Opcode} {Encoding.Latin1.GetString(frame.Payload)}";
        }
    }
}
