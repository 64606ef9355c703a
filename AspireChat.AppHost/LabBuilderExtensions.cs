using Microsoft.Extensions.Configuration;

internal static class LabBuilderExtensions
{
    /// <summary>
    /// Lets the gateway's lab act, for whoever reads the app host's output: the code in the printed address opens one session. In the fragment it reaches
    /// no log. The pages lead to the dashboard, where there is one.
    /// </summary>
    public static IResourceBuilder<ProjectResource> WithLab(this IResourceBuilder<ProjectResource> gateway, string code, IResourceBuilder<ParameterResource> adminKey)
    {
        var configuration = gateway.ApplicationBuilder.Configuration;
        return gateway
            .WithEnvironment("Lab__Code", code)
            .WithEnvironment("Lab__AdminKey", adminKey)
            // Where both hosts keep their dashboard's address, and what logs a browser in there.
            .WithEnvironment("Lab__DashboardUrl", () => configuration.GetValue("LocalAspire:Dashboard", true) ? configuration["ASPNETCORE_URLS"]?.Split(';')[0] ?? "" : "")
            .WithEnvironment("Lab__DashboardToken", () => configuration["AppHost:BrowserToken"] ?? "")
            .WithUrls(context => context.Urls.Add(new() { Url = $"/lab#code={code}", DisplayText = "Lab", Endpoint = gateway.GetEndpoint("http") }));
    }
}
