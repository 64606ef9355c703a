using Microsoft.Extensions.Options;

namespace AspireChat.Gateway.Network;

internal static class NetworkExtensions
{
    /// <summary>Under which names the gateway answers, and whom it believes where a request came from.</summary>
    public static void AddNetwork(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<NetworkOptions>()
            .BindConfiguration(NetworkOptions.SectionName)
            .ValidateDataAnnotations();
        services.ConfigureOptions<NetworkSetup>();
    }

    /// <summary>Goes before everything else. Host filtering stands before it by itself.</summary>
    public static void UseNetwork(this WebApplication app)
    {
        // Without a known proxy the middleware would believe anybody.
        if (app.Services.GetRequiredService<IOptions<NetworkOptions>>().Value.TrustedNetworks.Count > 0) app.UseForwardedHeaders();
    }
}
