namespace Aspire.Hosting.ApplicationModel;

/// <summary>What Aspire runs in a container. The stand-in has no containers: it runs a plain process of the same kind.</summary>
public class ContainerResource(string name, string? entrypoint = null)
    : Resource(name), IResourceWithEnvironment, IResourceWithArgs, IResourceWithEndpoints, IResourceWithWaitSupport
{
    public string? Entrypoint { get; set; } = entrypoint;
}
