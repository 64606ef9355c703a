namespace Aspire.Hosting.ApplicationModel;

/// <summary>A .NET project, run from its built output.</summary>
public class ProjectResource(string name)
    : Resource(name), IResourceWithEnvironment, IResourceWithArgs, IResourceWithServiceDiscovery, IResourceWithWaitSupport;
