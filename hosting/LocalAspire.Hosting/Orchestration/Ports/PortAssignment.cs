using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace LocalAspire.Orchestration.Ports;

/// <summary>
/// Gives every endpoint its port, all in one pass and before anything starts: so each resource can be told the address of
/// any other, whichever starts first, and keeps its own when it is restarted.
/// </summary>
internal sealed class PortAssignment(IResourceCollection resources, PortReservations reservations, IConfiguration configuration) : IHostedService
{
    /// <summary>Ports that the app asks for are left alone, so that several apps can run side by side.</summary>
    public const string RandomizeKey = "LocalAspire:RandomizePorts";

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var randomize = configuration.GetValue(RandomizeKey, defaultValue: false);
        var endpoints = resources
            .SelectMany(resource => resource.Annotations.OfType<EndpointAnnotation>().Select(endpoint => (resource, endpoint, port: Wanted(resource, endpoint, randomize))))
            .ToList();

        // The wanted ones first, so that none of them is picked for somebody else.
        foreach (var (resource, endpoint, port) in endpoints.Where(wish => wish.port is not null))
            endpoint.AllocatedPort = reservations.Reserve(resource, endpoint.Name, port!.Value);
        foreach (var (resource, endpoint, _) in endpoints.Where(wish => wish.port is null))
            endpoint.AllocatedPort = reservations.ReserveAny(resource);

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        reservations.Dispose();
        return Task.CompletedTask;
    }

    private static int? Wanted(IResource resource, EndpointAnnotation endpoint, bool randomize)
    {
        if (endpoint is { Port: { } port, TargetPort: { } target } && port != target)
            throw new DistributedApplicationException($"The endpoint '{endpoint.Name}' of '{resource.Name}' has port {port} and target port {target}: without a proxy between them, which the stand-in has not, both must be the same. Give one of them, or use the genuine Aspire with UseAspire=true.");

        return endpoint.TargetPort ?? (randomize ? null : endpoint.Port);
    }
}
