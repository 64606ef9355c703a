using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace AspireChat.ChatServer.Backplane.Canary;

/// <summary>What an instance says in the canary's room.</summary>
/// <param name="Incarnation">Whose it is; see <see cref="Instances.Incarnation.Id"/>.</param>
/// <param name="Number">Counts the beats of this incarnation, from 1.</param>
internal readonly record struct CanaryBeat(string Incarnation, long Number)
{
    private static ReadOnlySpan<byte> BeforeNumber => "\"id\":\""u8;

    private static ReadOnlySpan<byte> BeforeName => "\",\"name\":\""u8;

    private static ReadOnlySpan<byte> End => "\"}"u8;

    /// <summary>As the body of a message; see <see cref="RoomMessage.Body"/>. An incarnation is of characters that JSON takes as they are.</summary>
    public byte[] Encode() => Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\"id\":\"{Number}\",\"name\":\"{Incarnation}\"}}"));

    public static bool TryDecode(ReadOnlySpan<byte> body, out CanaryBeat beat)
    {
        beat = default;
        if (!body.StartsWith(BeforeNumber) || !Utf8Parser.TryParse(body[BeforeNumber.Length..], out long number, out var digits))
            return false;

        var rest = body[(BeforeNumber.Length + digits)..];
        if (!rest.StartsWith(BeforeName) || !rest.EndsWith(End))
            return false;

        beat = new CanaryBeat(Encoding.ASCII.GetString(rest[BeforeName.Length..^End.Length]), number);
        return true;
    }
}
