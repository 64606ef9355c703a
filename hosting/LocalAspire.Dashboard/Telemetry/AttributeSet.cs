using System.Collections;

namespace LocalAspire.Dashboard.Telemetry;

/// <summary>The attributes of one thing, in the order in which they came. Immutable. Two sets are equal where they hold the same in the same order.</summary>
public sealed class AttributeSet(AttributeEntry[] items) : IReadOnlyList<AttributeEntry>, IEquatable<AttributeSet>
{
    private const int WeightOfOne = 40;

    public static readonly AttributeSet Empty = new([]);

    public int Count => items.Length;

    public AttributeEntry this[int index] => items[index];

    /// <summary>Roughly what the set costs in memory. Most keys are shared, but a sender of ever new ones must not get them for nothing.</summary>
    public int Weight
    {
        get
        {
            var weight = WeightOfOne * items.Length;
            foreach (var item in items) weight += 2 * item.Key.Length + item.Value.Weight;
            return weight;
        }
    }

    public AttributeValue? Find(string key)
    {
        foreach (var item in items)
            if (string.Equals(item.Key, key, StringComparison.Ordinal)) return item.Value;

        return null;
    }

    public string? FindText(string key) => Find(key)?.ToString();

    public bool Equals(AttributeSet? other) => other is not null && items.AsSpan().SequenceEqual(other.Items);

    public override bool Equals(object? obj) => Equals(obj as AttributeSet);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var item in items)
        {
            hash.Add(item.Key, StringComparer.Ordinal);
            hash.Add(item.Value);
        }

        return hash.ToHashCode();
    }

    public IEnumerator<AttributeEntry> GetEnumerator() => ((IEnumerable<AttributeEntry>)items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => items.GetEnumerator();

    private ReadOnlySpan<AttributeEntry> Items => items;
}
