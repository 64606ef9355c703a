using LocalAspire.Dashboard.Telemetry;

namespace LocalAspire.Dashboard.Components.Elements;

/// <summary>A line of a <see cref="ValueTable"/>.</summary>
/// <param name="IsSecret">True where the value is shown on request only.</param>
/// <param name="Href">Where the value leads; null for nowhere.</param>
public sealed record NamedValue(string Name, string Value, bool IsSecret = false, string? Href = null)
{
    public static IEnumerable<NamedValue> Of(AttributeSet attributes) =>
        attributes.Select(attribute => new NamedValue(attribute.Key, attribute.Value.ToString()));
}
