using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

/// <summary>Adds what whoever runs the app gives.</summary>
public static class ParameterResourceBuilderExtensions
{
    /// <summary>A value from <c>Parameters:name</c>.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(this IDistributedApplicationBuilder builder, string name, bool secret = false)
    {
        var key = $"Parameters:{name}";
        return builder.AddResource(new ParameterResource(name, () => builder.Configuration[key] ?? throw Missing($"The parameter '{name}'", key), secret));
    }

    /// <summary>A value that the app host gives. It is final: <c>Parameters:name</c> does not change it.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, string value, bool publishValueAsDefault = false, bool secret = false) =>
        builder.AddResource(new ParameterResource(name, () => value, secret));

    /// <summary>Something that runs elsewhere, known by <c>ConnectionStrings:name</c>.</summary>
    public static IResourceBuilder<IResourceWithConnectionString> AddConnectionString(
        this IDistributedApplicationBuilder builder, string name, string? environmentVariableName = null) =>
        builder.AddResource(new ConnectionStringParameterResource(
            name,
            () => builder.Configuration.GetConnectionString(name) ?? throw Missing($"The connection string '{name}'", $"ConnectionStrings:{name}"),
            environmentVariableName));

    private static MissingParameterValueException Missing(string what, string key) =>
        new($"{what} has no value. Give one as '{key}' in the configuration, for instance on the command line: --{key}=value.");
}
