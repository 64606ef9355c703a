using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace LocalAspire.Projects;

/// <summary>What every .NET project is started with.</summary>
internal static class ProjectEnvironment
{
    public static IResourceBuilder<ProjectResource> WithProjectEnvironment(this IResourceBuilder<ProjectResource> builder) =>
        builder
            .WithEnvironment("LOGGING__CONSOLE__FORMATTERNAME", "simple")
            .WithEnvironment(context => Listen(context))
            .WithTelemetryEnvironment();

    /// <summary>ASP.NET Core is told all HTTP addresses at once.</summary>
    private static void Listen(EnvironmentCallbackContext context)
    {
        var addresses = context.Resource.Annotations.OfType<EndpointAnnotation>()
            .Where(endpoint => endpoint.UriScheme is "http" or "https" && endpoint.PortVariable is null)
            .Select(endpoint => $"{endpoint.UriScheme}://localhost:{endpoint.AllocatedPort}")
            .ToList();
        if (addresses.Count > 0)
            context.EnvironmentVariables["ASPNETCORE_URLS"] = string.Join(';', addresses);
    }
}
