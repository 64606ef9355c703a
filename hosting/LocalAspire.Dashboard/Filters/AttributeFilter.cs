namespace LocalAspire.Dashboard.Filters;

/// <summary>How a filter compares.</summary>
public enum FilterCondition
{
    Is,
    IsNot,
    Contains,
    ContainsNot,
}

/// <summary>One condition on an attribute, or on one of a record's own fields. Written in addresses as <c>condition|key|value</c>, each part escaped.</summary>
public sealed record AttributeFilter(string Key, FilterCondition Condition, string Value)
{
    public static AttributeFilter? Parse(string? text)
    {
        var parts = text?.Split('|');
        return parts is { Length: 3 } && Enum.TryParse<FilterCondition>(parts[0], ignoreCase: true, out var condition) && Enum.IsDefined(condition)
            ? new AttributeFilter(Uri.UnescapeDataString(parts[1]), condition, Uri.UnescapeDataString(parts[2]))
            : null;
    }

    /// <summary>Those of an address that can be read.</summary>
    public static IReadOnlyList<AttributeFilter> ParseAll(IEnumerable<string>? texts) => [.. (texts ?? []).Select(Parse).OfType<AttributeFilter>()];

    /// <summary>As addresses of Aspire's dashboard have them, <c>key:equals:value</c> with <c>+</c> between several: what links to the one leads to the other.</summary>
    public static IEnumerable<AttributeFilter> ParseAspires(string? text)
    {
        foreach (var part in (text ?? "").Split('+', ' '))
        {
            if (part.Split(':') is [var key, var name, var value] && ConditionOf(name) is { } condition)
                yield return new AttributeFilter(Uri.UnescapeDataString(key), condition, Uri.UnescapeDataString(value));
        }
    }

    /// <summary>True where <paramref name="actual"/>, null for absent, is as asked.</summary>
    public bool Accepts(string? actual) => Condition switch
    {
        FilterCondition.Is => string.Equals(actual, Value, StringComparison.OrdinalIgnoreCase),
        FilterCondition.IsNot => !string.Equals(actual, Value, StringComparison.OrdinalIgnoreCase),
        FilterCondition.Contains => actual?.Contains(Value, StringComparison.OrdinalIgnoreCase) == true,
        _ => actual?.Contains(Value, StringComparison.OrdinalIgnoreCase) != true,
    };

    /// <summary>As a person reads it.</summary>
    public string Description => Condition switch
    {
        FilterCondition.Is => $"{Key} = {Value}",
        FilterCondition.IsNot => $"{Key} ≠ {Value}",
        FilterCondition.Contains => $"{Key} has {Value}",
        _ => $"{Key} lacks {Value}",
    };

    private static FilterCondition? ConditionOf(string name) => name switch
    {
        "equals" => FilterCondition.Is,
        "!equals" => FilterCondition.IsNot,
        "contains" => FilterCondition.Contains,
        "!contains" => FilterCondition.ContainsNot,
        _ => null,
    };

    public override string ToString() => $"{Condition}|{Uri.EscapeDataString(Key)}|{Uri.EscapeDataString(Value)}";
}
