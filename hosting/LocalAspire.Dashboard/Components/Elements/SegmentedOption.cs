namespace LocalAspire.Dashboard.Components.Elements;

/// <summary>One part of a <see cref="Segmented"/> control.</summary>
/// <param name="Count">How many things it would show; null where that says nothing.</param>
public sealed record SegmentedOption(string Value, string Text, int? Count = null, string? Title = null);
