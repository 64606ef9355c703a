using Aspire.Hosting.ApplicationModel;
using LocalAspire.Processes;
using Microsoft.Extensions.Hosting;

namespace LocalAspire.Orchestration;

/// <summary>Starts all resources that start with the app, each as soon as what it waits for is there, and stops all in the opposite order.</summary>
internal sealed class ResourceSupervisors(IResourceCollection resources, ResourceRuntime runtime) : IHostedService, IDisposable
{
    private readonly Dictionary<IResource, ResourceSupervisor> _supervisors = resources
        .Where(resource => resource.Annotations.OfType<LaunchAnnotation>().Any())
        .ToDictionary(resource => resource, resource => new ResourceSupervisor(resource, runtime));

    public ResourceSupervisor this[IResource resource] => _supervisors[resource];

    /// <summary>Does not wait for them: an app that is still starting can be looked at, and stopped.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var supervisor in _supervisors.Values.Where(supervisor => !supervisor.Resource.Annotations.OfType<ExplicitStartupAnnotation>().Any()))
            _ = supervisor.StartAsync(CancellationToken.None);

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) =>
        new OrderlyStop([.. _supervisors.Values], runtime.Time).RunAsync();

    public void Dispose()
    {
        foreach (var supervisor in _supervisors.Values)
            supervisor.Dispose();
    }
}
