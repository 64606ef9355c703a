using System.Buffers.Binary;
using System.Globalization;

namespace LocalAspire.Dashboard.Telemetry;

/// <summary>The 16 bytes that name a trace; never all zero.</summary>
public readonly record struct TraceId(ulong High, ulong Low)
{
    private const int ByteLength = 16;

    /// <summary>False where the bytes are no trace id: another length, or all zero.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out TraceId id)
    {
        id = bytes.Length == ByteLength
            ? new TraceId(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]))
            : default;
        return id != default;
    }

    /// <summary>Reads 32 hexadecimal digits.</summary>
    public static bool TryParse(string? text, out TraceId id)
    {
        id = default;
        if (text is not { Length: 2 * ByteLength }
            || !ulong.TryParse(text.AsSpan(0, 16), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var high)
            || !ulong.TryParse(text.AsSpan(16), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var low))
            return false;

        id = new TraceId(high, low);
        return id != default;
    }

    /// <summary>The first seven digits: enough to tell traces of one session apart.</summary>
    public string Prefix => ToString()[..7];

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{High:x16}{Low:x16}");
}
