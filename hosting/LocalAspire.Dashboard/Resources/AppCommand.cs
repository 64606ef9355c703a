namespace LocalAspire.Dashboard.Resources;

/// <summary>Something that can be done to a resource.</summary>
/// <param name="Confirmation">The question to ask first; null where none is needed.</param>
/// <param name="IsHighlighted">True where it belongs in plain sight, not in the menu.</param>
public sealed record AppCommand(string Name, string DisplayName, string? Description, string? Confirmation, bool IsHighlighted, string? IconName, bool IsEnabled);
