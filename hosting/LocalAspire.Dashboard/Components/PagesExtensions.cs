using LocalAspire.Dashboard.Components.Elements;
using LocalAspire.Dashboard.Components.Pages.Resources;
using Microsoft.FluentUI.AspNetCore.Components;

namespace LocalAspire.Dashboard.Components;

/// <summary>Registers and maps the pages.</summary>
internal static class PagesExtensions
{
    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddFluentUIComponents();
        services.AddSingleton<ResourcePalette>();
        services.AddScoped<Browser>();
        services.AddScoped<CommandRunner>();
        return services;
    }

    public static void MapPages(this WebApplication app)
    {
        // The login page needs its style sheet; there is nothing of the app in these files.
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
    }
}
