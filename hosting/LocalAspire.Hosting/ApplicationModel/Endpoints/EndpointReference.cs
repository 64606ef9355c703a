using System.Diagnostics;
using LocalAspire.Building;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>An endpoint of a resource, by name: its address once the app runs.</summary>
[DebuggerDisplay("{Resource.Name,nq}.{EndpointName,nq}")]
public sealed class EndpointReference : IValueProvider
{
    public EndpointReference(IResourceWithEndpoints owner, string endpointName)
    {
        Resource = owner;
        EndpointName = endpointName;
    }

    public IResourceWithEndpoints Resource { get; }

    public string EndpointName { get; }

    public bool Exists => Find() is not null;

    public bool IsAllocated => Find()?.AllocatedPort is not null;

    public string Scheme => Get().UriScheme;

    public string Host { get; } = "localhost";

    public int Port => Get().AllocatedPort
        ?? throw new InvalidOperationException($"The endpoint '{EndpointName}' of '{Resource.Name}' has no port yet; ask once the app has started, or from a callback.");

    public string Url => $"{Scheme}://{Host}:{Port}";

    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) => new(Url);

    internal EndpointAnnotation Get() => Find() ?? throw ModelErrors.NoEndpoint(Resource, EndpointName);

    private EndpointAnnotation? Find() =>
        Resource.Annotations.OfType<EndpointAnnotation>().FirstOrDefault(endpoint => ModelName.Same(endpoint.Name, EndpointName));
}
