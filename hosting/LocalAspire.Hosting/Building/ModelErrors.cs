using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace LocalAspire.Building;

/// <summary>The errors that several places raise. Each names the resource, the rule and the remedy.</summary>
internal static class ModelErrors
{
    public static DistributedApplicationException UnknownResource(string name, IEnumerable<string> known) =>
        new($"There is no resource '{name}'; there are {List(known)}. Add it to the app host, or correct the name.");

    public static DistributedApplicationException NoEndpoint(IResource resource, string endpointName) =>
        new($"The resource '{resource.Name}' has no endpoint '{endpointName}'; it has {List(resource.Annotations.OfType<EndpointAnnotation>().Select(endpoint => endpoint.Name))}. Add it with WithHttpEndpoint or WithEndpoint, or correct the name.");

    public static DistributedApplicationException EndedInsteadOfHealthy(ResourceEvent change) =>
        new($"The resource '{change.Resource.Name}' did not become healthy: it is {change.Snapshot.State?.Text}{(change.Snapshot.ExitCode is { } code ? $" with exit code {code}" : "")}. Its log says why.");

    public static NotSupportedException Unsupported(string member) =>
        new($"LocalAspire, the stand-in for Aspire's app host, does not support {member}; build with the property or environment variable UseAspire=true to use the genuine one.");

    /// <summary>'a', 'b' and 'c'.</summary>
    public static string List(IEnumerable<string> names)
    {
        var quoted = names.Select(name => $"'{name}'").ToList();
        return quoted.Count switch
        {
            0 => "none",
            1 => quoted[0],
            _ => $"{string.Join(", ", quoted.SkipLast(1))} and {quoted[^1]}",
        };
    }
}
