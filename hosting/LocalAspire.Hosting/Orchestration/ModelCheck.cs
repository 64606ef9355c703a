using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using LocalAspire.Building;
using Microsoft.Extensions.Hosting;

namespace LocalAspire.Orchestration;

/// <summary>Refuses an app that could not start: what waits in a circle, and what refers to something that is not part of it.</summary>
internal sealed class ModelCheck(IResourceCollection resources) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var resource in resources)
        {
            CheckReferences(resource);
            CheckWaits(resource);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void CheckReferences(IResource resource)
    {
        foreach (var relationship in resource.Annotations.OfType<ResourceRelationshipAnnotation>())
        {
            // The password of a Redis and the like are values, not resources of the app.
            if (!resources.Contains(relationship.Resource) && relationship.Resource is not ParameterResource)
                throw new DistributedApplicationException($"The resource '{resource.Name}' refers to '{relationship.Resource.Name}' ({relationship.Type}), which is not part of this app; there are {ModelErrors.List(resources.Select(other => other.Name))}. Add it with this app's builder, or remove what refers to it.");
        }
    }

    private static void CheckWaits(IResource start)
    {
        var path = new List<IResource>();
        Visit(start);

        void Visit(IResource resource)
        {
            if (path.Count > 0 && resource == start)
                throw new DistributedApplicationException($"The resource '{start.Name}' waits for itself: {string.Join(" waits for ", path.Append(start).Select(step => $"'{step.Name}'"))}. None of them would ever start; remove one of the waits.");
            if (path.Contains(resource))
                return;

            path.Add(resource);
            foreach (var wait in resource.Annotations.OfType<WaitAnnotation>())
                Visit(wait.Resource);
            path.RemoveAt(path.Count - 1);
        }
    }
}
