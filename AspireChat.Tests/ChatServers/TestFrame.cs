using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace AspireChat.Tests.ChatServers;

/// <summary>One frame as it came from a server.</summary>
internal sealed record TestFrame(int Opcode, byte[] Payload)
{
    public const int TextOpcode = 1;
    public const int CloseOpcode = 8;
    public const int PingOpcode = 9;
    public const int PongOpcode = 10;

    public string Text => Encoding.UTF8.GetString(Payload);

    public JsonElement Json => JsonElement.Parse(Payload);

    public int CloseCode => BinaryPrimitives.ReadUInt16BigEndian(Payload);
}
