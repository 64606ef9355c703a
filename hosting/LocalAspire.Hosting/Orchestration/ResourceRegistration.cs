using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using LocalAspire.Processes;

namespace LocalAspire.Orchestration;

/// <summary>Makes all resources known, before anything of them runs.</summary>
internal sealed class ResourceRegistration(IResourceCollection resources, ResourceNotificationService notifications)
{
    public void Run()
    {
        foreach (var resource in resources)
            notifications.Register(resource, resource is ParameterResource ? resource.Name : ResourceId.Of(resource), Describe(resource));
    }

    private static CustomResourceSnapshot Describe(IResource resource)
    {
        var launch = resource.Annotations.OfType<LaunchAnnotation>().FirstOrDefault();
        var icon = resource.Annotations.OfType<ResourceIconAnnotation>().FirstOrDefault();
        return new CustomResourceSnapshot
        {
            ResourceType = launch?.ResourceType ?? (resource is ParameterResource ? "Parameter" : resource.GetType().Name),
            State = launch is not null ? KnownResourceStates.NotStarted
                : resource is ParameterResource ? new ResourceStateSnapshot(KnownResourceStates.Running, KnownResourceStateStyles.Success)
                : null,
            Properties = ImmutableArray<ResourcePropertySnapshot>.Empty,
            HealthReports = [.. resource.Annotations.OfType<HealthCheckAnnotation>().Select(check => new HealthReportSnapshot(check.Key, null, null, null))],
            Relationships = [.. resource.Annotations.OfType<ResourceRelationshipAnnotation>().Select(relationship => new RelationshipSnapshot(relationship.Resource.Name, relationship.Type)).Distinct()],
            IconName = icon?.IconName,
            IconVariant = icon?.IconVariant,
        };
    }
}
