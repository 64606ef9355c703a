using Aspire.Hosting.ApplicationModel;
using LocalAspire.Building;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Starts it once the other is healthy; without health checks, once it runs.</summary>
    public static IResourceBuilder<T> WaitFor<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency) where T : IResourceWithWaitSupport =>
        builder.Waits(dependency.Resource, WaitType.WaitUntilHealthy);

    /// <summary>Starts it once the other runs, healthy or not.</summary>
    public static IResourceBuilder<T> WaitForStart<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency) where T : IResourceWithWaitSupport =>
        builder.Waits(dependency.Resource, WaitType.WaitUntilStarted);

    /// <summary>Starts it once the other has ended with that exit code.</summary>
    public static IResourceBuilder<T> WaitForCompletion<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency, int exitCode = 0)
        where T : IResourceWithWaitSupport =>
        builder.Waits(dependency.Resource, WaitType.WaitForCompletion, exitCode);

    private static IResourceBuilder<T> Waits<T>(this IResourceBuilder<T> builder, IResource dependency, WaitType type, int exitCode = 0) where T : IResource
    {
        if (ModelName.Same(builder.Resource.Name, dependency.Name))
            throw new DistributedApplicationException($"The resource '{builder.Resource.Name}' cannot wait for itself: it would never start. Remove the wait.");

        return builder
            .WithAnnotation(new WaitAnnotation(dependency, type, exitCode))
            .WithAnnotation(new ResourceRelationshipAnnotation(dependency, KnownRelationshipTypes.WaitFor));
    }
}
