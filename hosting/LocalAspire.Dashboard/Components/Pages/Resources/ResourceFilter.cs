using LocalAspire.Dashboard.Resources;

namespace LocalAspire.Dashboard.Components.Pages.Resources;

/// <summary>Which resources are wanted. What is null lets all through.</summary>
public sealed record ResourceFilter(string? Text, string? Type, string? State)
{
    public bool Matches(AppResource resource) =>
        (string.IsNullOrEmpty(Type) || resource.Type == Type)
        && (string.IsNullOrEmpty(State) || ResourceStatus.Of(resource).Text == State)
        && (string.IsNullOrEmpty(Text) || Mentions(resource, Text));

    private static bool Mentions(AppResource resource, string text) =>
        new[] { resource.DisplayName, resource.Type, ResourceStatus.Of(resource).Text, ResourceSource.Of(resource).Full }
            .Concat(resource.Addresses.Select(address => address.Url))
            .Any(part => part.Contains(text, StringComparison.OrdinalIgnoreCase));
}
