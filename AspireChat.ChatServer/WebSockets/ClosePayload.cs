using System.Buffers.Binary;
using System.Text.Unicode;

namespace AspireChat.ChatServer.WebSockets;

/// <summary>What a client says when it closes; RFC 6455, sections 5.5.1 and 7.4.</summary>
internal static class ClosePayload
{
    public const ushort NoCode = 1005;

    /// <returns>False when the payload breaks the rules.</returns>
    public static bool TryRead(ReadOnlySpan<byte> payload, out ushort code)
    {
        code = NoCode;
        if (payload.IsEmpty)
        {
            return true;
        }

        return payload.Length >= 2
            && IsAllowed(code = BinaryPrimitives.ReadUInt16BigEndian(payload))
            && Utf8.IsValid(payload[2..]);
    }

    /// <summary>1004 to 1006 and 1015 are never sent; the rest below 3000 waits for a standard.</summary>
    private static bool IsAllowed(ushort code) => code is (>= 1000 and <= 1003) or (>= 1007 and <= 1014) or (>= 3000 and <= 4999);
}
