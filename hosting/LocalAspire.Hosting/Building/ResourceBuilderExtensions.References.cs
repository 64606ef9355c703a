using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Hands over the connection string, as <c>ConnectionStrings__name</c>.</summary>
    /// <param name="optional">Start without it where there is none.</param>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithConnectionString> source, string? connectionName = null, bool optional = false)
        where TDestination : IResourceWithEnvironment
    {
        var resource = source.Resource;
        var variable = resource.ConnectionStringEnvironmentVariable ?? $"ConnectionStrings__{connectionName ?? resource.Name}";
        return builder.RefersTo(resource).WithEnvironment(context => context.EnvironmentVariables[variable] = new ConnectionStringReference(resource, optional));
    }

    /// <summary>Hands over the addresses of all endpoints, as <c>services__name__scheme__index</c>.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithServiceDiscovery> source)
        where TDestination : IResourceWithEnvironment
    {
        var resource = source.Resource;
        return builder.RefersTo(resource).WithEnvironment(context =>
        {
            foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>())
                AddAddress(context.EnvironmentVariables, new EndpointReference(resource, endpoint.Name));
        });
    }

    /// <summary>Hands over the address of one endpoint, as <c>services__name__scheme__index</c>.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(this IResourceBuilder<TDestination> builder, EndpointReference endpointReference)
        where TDestination : IResourceWithEnvironment =>
        builder.RefersTo(endpointReference.Resource).WithEnvironment(context => AddAddress(context.EnvironmentVariables, endpointReference));

    private static void AddAddress(Dictionary<string, object> variables, EndpointReference endpoint)
    {
        var index = 0;
        string key;
        while (variables.TryGetValue(key = $"services__{endpoint.Resource.Name}__{endpoint.Scheme}__{index}", out var former))
        {
            if (former is EndpointReference same && same.EndpointName == endpoint.EndpointName)
                return;
            index++;
        }

        variables[key] = endpoint;
    }

    private static IResourceBuilder<T> RefersTo<T>(this IResourceBuilder<T> builder, IResource resource) where T : IResource =>
        builder.WithAnnotation(new ResourceRelationshipAnnotation(resource, KnownRelationshipTypes.Reference));
}
