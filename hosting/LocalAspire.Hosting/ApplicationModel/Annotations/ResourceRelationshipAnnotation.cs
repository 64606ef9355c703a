namespace Aspire.Hosting.ApplicationModel;

/// <summary>How a resource relates to another, for those who look at the app.</summary>
internal sealed class ResourceRelationshipAnnotation(IResource resource, string type) : IResourceAnnotation
{
    public IResource Resource { get; } = resource;

    public string Type { get; } = type;
}

internal static class KnownRelationshipTypes
{
    public const string Reference = nameof(Reference);
    public const string WaitFor = nameof(WaitFor);
    public const string Parent = nameof(Parent);
}
