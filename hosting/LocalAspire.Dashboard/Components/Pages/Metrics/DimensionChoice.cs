namespace LocalAspire.Dashboard.Components.Pages.Metrics;

/// <summary>Which values of each dimension are wanted; a dimension that is not named is wanted whole. Written in addresses as <c>key|value</c>, each part escaped.</summary>
public sealed class DimensionChoice
{
    public static readonly DimensionChoice All = new(new Dictionary<string, IReadOnlySet<string>>());

    private DimensionChoice(IReadOnlyDictionary<string, IReadOnlySet<string>> wanted) => Wanted = wanted;

    public IReadOnlyDictionary<string, IReadOnlySet<string>> Wanted { get; }

    public static DimensionChoice Parse(IEnumerable<string>? address) => new((address ?? [])
        .Select(text => text.Split('|'))
        .Where(parts => parts.Length == 2)
        .GroupBy(parts => Uri.UnescapeDataString(parts[0]), parts => Uri.UnescapeDataString(parts[1]))
        .ToDictionary(group => group.Key, group => (IReadOnlySet<string>)group.ToHashSet()));

    public bool Wants(string key, string value) => !Wanted.TryGetValue(key, out var values) || values.Contains(value);

    /// <summary>With this value wanted no more, or again. All wanted is the same as none named.</summary>
    public DimensionChoice Toggle(string key, string value, IReadOnlyCollection<string> all)
    {
        var values = all.Where(one => Wants(key, one) != (one == value)).ToHashSet();
        var wanted = Wanted.ToDictionary();
        if (values.Count == all.Count) wanted.Remove(key);
        else wanted[key] = values;
        return new DimensionChoice(wanted);
    }

    public string[] ToAddress() =>
        [.. Wanted.SelectMany(entry => entry.Value.DefaultIfEmpty("").Select(value => $"{Uri.EscapeDataString(entry.Key)}|{Uri.EscapeDataString(value)}"))];
}
