using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace LocalAspire.Dashboard.Server;

/// <summary>Registers the ports.</summary>
internal static class ServerServiceCollectionExtensions
{
    public static IServiceCollection AddListeners(this IServiceCollection services) =>
        services.AddSingleton<IConfigureOptions<KestrelServerOptions>, KestrelListeners>();
}
