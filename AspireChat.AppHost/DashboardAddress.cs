/// <summary>Where the dashboard of this app is, so that the pages can lead to it.</summary>
internal static class DashboardAddress
{
    /// <summary>Null where there is none. To be asked once ports are known.</summary>
    public static string? In(IDistributedApplicationBuilder builder)
    {
        // The stand-in runs its dashboard as a resource; Aspire's listens where the app host is told to.
        if (builder.Resources.OfType<IResourceWithEndpoints>().FirstOrDefault(resource => resource.Name is "dashboard" or "localaspire-dashboard") is { } own)
            return new EndpointReference(own, "http").Url;

        return builder.Configuration["LocalAspire:Dashboard"] == "false" ? null : builder.Configuration["ASPNETCORE_URLS"]?.Split(';')[0];
    }
}
