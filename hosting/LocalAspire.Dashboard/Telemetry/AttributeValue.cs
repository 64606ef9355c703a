using System.Globalization;
using System.Text;

namespace LocalAspire.Dashboard.Telemetry;

/// <summary>What an attribute can be.</summary>
public enum AttributeKind : byte
{
    Empty,
    Text,
    Boolean,
    Whole,
    Real,
    List,
    Map,
    Bytes,
}

/// <summary>
/// One attribute's value with its type kept, so that the JSON API gives back what came in. Numbers lie in the struct itself:
/// most attributes cost no allocation of their own.
/// </summary>
public readonly struct AttributeValue : IEquatable<AttributeValue>
{
    private readonly long _number;
    private readonly object? _reference;

    private AttributeValue(AttributeKind kind, long number, object? reference)
    {
        Kind = kind;
        _number = number;
        _reference = reference;
    }

    public AttributeKind Kind { get; }

    public static AttributeValue Text(string value) => new(AttributeKind.Text, 0, value);
    public static AttributeValue Boolean(bool value) => new(AttributeKind.Boolean, value ? 1 : 0, null);
    public static AttributeValue Whole(long value) => new(AttributeKind.Whole, value, null);
    public static AttributeValue Real(double value) => new(AttributeKind.Real, BitConverter.DoubleToInt64Bits(value), null);
    public static AttributeValue List(AttributeValue[] items) => new(AttributeKind.List, 0, items);
    public static AttributeValue Map(AttributeSet entries) => new(AttributeKind.Map, 0, entries);
    public static AttributeValue Bytes(byte[] value) => new(AttributeKind.Bytes, 0, value);

    public string AsText => (string)_reference!;
    public bool AsBoolean => _number != 0;
    public long AsWhole => _number;
    public double AsReal => BitConverter.Int64BitsToDouble(_number);
    public IReadOnlyList<AttributeValue> AsList => (AttributeValue[])_reference!;
    public AttributeSet AsMap => (AttributeSet)_reference!;
    public byte[] AsBytes => (byte[])_reference!;

    /// <summary>Roughly what the value costs in memory, for the stores' bounds.</summary>
    public int Weight => Kind switch
    {
        AttributeKind.Text => 2 * AsText.Length,
        AttributeKind.Bytes => AsBytes.Length,
        AttributeKind.List => AsList.Sum(item => 24 + item.Weight),
        AttributeKind.Map => AsMap.Weight,
        _ => 0,
    };

    public bool Equals(AttributeValue other) => Kind == other.Kind && _number == other._number && Kind switch
    {
        AttributeKind.Text => string.Equals(AsText, other.AsText, StringComparison.Ordinal),
        AttributeKind.List => AsList.SequenceEqual(other.AsList),
        AttributeKind.Map => AsMap.Equals(other.AsMap),
        AttributeKind.Bytes => AsBytes.AsSpan().SequenceEqual(other.AsBytes),
        _ => true,
    };

    public override bool Equals(object? obj) => obj is AttributeValue other && Equals(other);

    public static bool operator ==(AttributeValue left, AttributeValue right) => left.Equals(right);

    public static bool operator !=(AttributeValue left, AttributeValue right) => !left.Equals(right);

    public override int GetHashCode() => Kind == AttributeKind.Text
        ? AsText.GetHashCode(StringComparison.Ordinal)
        : HashCode.Combine(Kind, _number);

    /// <summary>As a reader expects it: text bare, numbers invariant, lists and maps like JSON.</summary>
    public override string ToString() => Kind switch
    {
        AttributeKind.Text => AsText,
        AttributeKind.Boolean => AsBoolean ? "true" : "false",
        AttributeKind.Whole => AsWhole.ToString(CultureInfo.InvariantCulture),
        AttributeKind.Real => AsReal.ToString("R", CultureInfo.InvariantCulture),
        AttributeKind.Bytes => Convert.ToBase64String(AsBytes),
        AttributeKind.List => Join('[', ']', AsList.Select(item => item.ToString())),
        AttributeKind.Map => Join('{', '}', AsMap.Select(entry => $"{entry.Key}: {entry.Value}")),
        _ => "",
    };

    private static string Join(char open, char close, IEnumerable<string> parts) =>
        new StringBuilder().Append(open).AppendJoin(", ", parts).Append(close).ToString();
}
