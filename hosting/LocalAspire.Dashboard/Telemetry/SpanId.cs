using System.Buffers.Binary;
using System.Globalization;

namespace LocalAspire.Dashboard.Telemetry;

/// <summary>The 8 bytes that name a span within its trace; all zero means none.</summary>
public readonly record struct SpanId(ulong Value)
{
    private const int ByteLength = 8;

    public bool IsNone => Value == 0;

    /// <summary>False where the bytes are no span id: another length, or all zero.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out SpanId id)
    {
        id = bytes.Length == ByteLength ? new SpanId(BinaryPrimitives.ReadUInt64BigEndian(bytes)) : default;
        return !id.IsNone;
    }

    /// <summary>Reads 16 hexadecimal digits.</summary>
    public static bool TryParse(string? text, out SpanId id)
    {
        var parsed = ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) && text.Length == 2 * ByteLength;
        id = new SpanId(parsed ? value : 0);
        return !id.IsNone;
    }

    public override string ToString() => Value.ToString("x16", CultureInfo.InvariantCulture);
}
