using System.Buffers.Binary;
using System.Text;
using AspireChat.ChatServer.WebSockets;

namespace AspireChat.Tests.Fuzzing.Targets;

/// <summary>RFC 6455, sections 5 and 8.1, written down as plainly as can be for bytes that are all there.</summary>
internal static class ReferenceReader
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>After these a connection is over.</summary>
    public static bool IsLast(ReceivedKind kind) => kind is not (ReceivedKind.Text or ReceivedKind.Ping or ReceivedKind.Pong);

    public static string Describe(ReceivedKind kind, ReadOnlySpan<byte> payload) =>
        kind is ReceivedKind.Text or ReceivedKind.Ping or ReceivedKind.Pong or ReceivedKind.Close ? $"{kind} {Convert.ToHexString(payload)}" : $"{kind}";

    public static List<string> Read(ReadOnlySpan<byte> bytes, int max)
    {
        var found = new List<string>();
        List<byte>? message = null;
        Decoder? decoder = null;
        while (bytes.Length >= 2)
        {
            var (final, opcode, length) = ((bytes[0] & 0x80) != 0, bytes[0] & 0x0F, (ulong)(bytes[1] & 0x7F));
            var control = opcode >= 8;
            if ((bytes[0] & 0x70) != 0 || bytes[1] < 0x80 || opcode is not (0 or 1 or 2 or 8 or 9 or 10) || (control && (!final || length > 125)))
                return Broken(found);

            var header = 2 + (length switch { 126 => 2, 127 => 8, _ => 0 });
            if (bytes.Length < header)
                return found;

            if (length == 126 && (length = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..])) < 126)
                return Broken(found);

            if (header == 10 && (length = BinaryPrimitives.ReadUInt64BigEndian(bytes[2..])) is < 65536 or > long.MaxValue)
                return Broken(found);

            // The size shows before the mask, whatever else is wrong shows with it.
            if (!control && length > (ulong)(max - (message?.Count ?? 0)))
                return [.. found, $"{ReceivedKind.TooBig}"];

            if (bytes.Length < header + 4)
                return found;

            if (!control && (opcode == 0) != message is not null)
                return Broken(found);

            if (opcode == 2)
                return [.. found, $"{ReceivedKind.Binary}"];

            if (bytes.Length < header + 4 + (int)length)
                return found;

            var mask = bytes.Slice(header, 4);
            var payload = bytes.Slice(header + 4, (int)length).ToArray();
            for (var i = 0; i < payload.Length; i++)
                payload[i] ^= mask[i % 4];

            bytes = bytes[(header + 4 + (int)length)..];
            if (control)
            {
                found.Add(Describe(opcode switch { 8 => ReceivedKind.Close, 9 => ReceivedKind.Ping, _ => ReceivedKind.Pong }, payload));
                if (opcode == 8)
                    return found;

                continue;
            }

            message ??= [];
            decoder ??= Strict.GetDecoder();
            message.AddRange(payload);
            if (!IsText(decoder, payload, final))
                return [.. found, $"{ReceivedKind.NotUtf8}"];

            if (final)
            {
                found.Add(Describe(ReceivedKind.Text, message.ToArray()));
                (message, decoder) = (null, null);
            }
        }

        return found;
    }

    private static bool IsText(Decoder decoder, byte[] next, bool last)
    {
        try
        {
            decoder.GetChars(next, new char[next.Length + 2], flush: last);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private static List<string> Broken(List<string> found) => [.. found, $"{ReceivedKind.Broken}"];
}
