internal static class LabBuilderExtensions
{
    /// <summary>
    /// Lets the gateway's lab act, for whoever reads the app host's output: the code in the printed address opens one session. In the fragment it reaches
    /// no log.
    /// </summary>
    public static IResourceBuilder<ProjectResource> WithLab(this IResourceBuilder<ProjectResource> gateway, string code, IResourceBuilder<ParameterResource> adminKey) =>
        gateway
            .WithEnvironment("Lab__Code", code)
            .WithEnvironment("Lab__AdminKey", adminKey)
            .WithEnvironment(context =>
            {
                // Only now: its port may not have been known before.
                if (DashboardAddress.In(gateway.ApplicationBuilder) is { } dashboard)
                    context.EnvironmentVariables["Lab__DashboardUrl"] = dashboard;
            })
            .WithUrls(context => context.Urls.Add(new() { Url = $"/lab#code={code}", DisplayText = "Lab", Endpoint = gateway.GetEndpoint("http") }));
}
