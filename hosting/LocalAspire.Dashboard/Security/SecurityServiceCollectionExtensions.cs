using LocalAspire.Dashboard.Options;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.Extensions.Options;

namespace LocalAspire.Dashboard.Security;

/// <summary>Registers who may enter: all pages ask for a login unless they say otherwise.</summary>
internal static class SecurityServiceCollectionExtensions
{
    private static readonly string[] LoopbackNames = ["localhost", "127.0.0.1", "[::1]"];

    public static IServiceCollection AddDashboardSecurity(this IServiceCollection services, IConfiguration configuration)
    {
        // Cookies and antiforgery tokens die with this run, as the browser token does: there is nothing to keep on disk.
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.AddSingleton<BrowserLogin>();

        var unsecured = configuration.GetValue<AuthMode?>($"{DashboardOptions.SectionName}:Frontend:AuthMode") == AuthMode.Unsecured;
        var authentication = services.AddAuthentication(unsecured ? UnsecuredAuthentication.SchemeName : CookieAuthenticationDefaults.AuthenticationScheme);
        if (unsecured) authentication.AddScheme<AuthenticationSchemeOptions, UnsecuredAuthentication>(UnsecuredAuthentication.SchemeName, null);
        else authentication.AddCookie();

        services.AddOptions<CookieAuthenticationOptions>(CookieAuthenticationDefaults.AuthenticationScheme)
            .Configure<IOptions<DashboardOptions>>(ConfigureCookie);
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        services.AddCascadingAuthenticationState();
        services.PostConfigure<HostFilteringOptions>(filter =>
        {
            if (string.IsNullOrEmpty(configuration["AllowedHosts"])) filter.AllowedHosts = LoopbackNames;
        });
        return services;
    }

    private static void ConfigureCookie(CookieAuthenticationOptions cookie, IOptions<DashboardOptions> options)
    {
        // Browsers do not tell cookies of one host's ports apart: two dashboards need two names.
        cookie.Cookie.Name = $"LocalAspire.Dashboard.{new Uri(options.Value.Frontend.EndpointUrl).Port}";
        cookie.Cookie.HttpOnly = true;

        // Not Strict: then a click on the printed address in another page would log in and, on the way on, be a stranger again.
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.LoginPath = LoginEndpoints.LoginPath;
        cookie.ReturnUrlParameter = "returnUrl";
        cookie.ExpireTimeSpan = TimeSpan.FromDays(3);
        cookie.SlidingExpiration = true;
    }
}
