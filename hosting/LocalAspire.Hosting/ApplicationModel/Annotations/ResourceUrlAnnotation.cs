namespace Aspire.Hosting.ApplicationModel;

/// <summary>An address that is shown with the resource.</summary>
public sealed class ResourceUrlAnnotation : IResourceAnnotation
{
    /// <summary>Absolute, or starting with <c>/</c> below <see cref="Endpoint"/>.</summary>
    public required string Url { get; set; }

    /// <summary>Shown instead of the address.</summary>
    public string? DisplayText { get; set; }

    public EndpointReference? Endpoint { get; init; }
}
