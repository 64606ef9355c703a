using System.Security.Claims;
using LocalAspire.Dashboard.Components.Pages.Login;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace LocalAspire.Dashboard.Security;

/// <summary>Exchanges the browser token for a cookie: by the printed address, or by the form of the login page.</summary>
internal static class LoginEndpoints
{
    public const string LoginPath = "/login";

    public static void MapLogin(this WebApplication app)
    {
        app.MapGet(LoginPath, ShowOrLogInAsync).AllowAnonymous();
        app.MapPost(LoginPath, LogInByFormAsync).AllowAnonymous();
    }

    /// <summary>A token in the address is taken at once away from it, so that it stays in no history and in no picture.</summary>
    private static Task<IResult> ShowOrLogInAsync(HttpContext context, BrowserLogin login, string? t, string? returnUrl) =>
        t is null ? Task.FromResult<IResult>(Page(returnUrl, failed: false)) : LogInAsync(context, login, t, returnUrl);

    private static async Task<IResult> LogInByFormAsync(
        HttpContext context, BrowserLogin login, IAntiforgery antiforgery, [FromForm] string? token, [FromForm] string? returnUrl)
    {
        await antiforgery.ValidateRequestAsync(context);
        return await LogInAsync(context, login, token, returnUrl);
    }

    private static async Task<IResult> LogInAsync(HttpContext context, BrowserLogin login, string? token, string? returnUrl)
    {
        if (!login.Accepts(token?.Trim())) return Page(returnUrl, failed: true);

        var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, "browser")], CookieAuthenticationDefaults.AuthenticationScheme);
        await context.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, new ClaimsPrincipal(identity));
        return Results.LocalRedirect(IsLocal(returnUrl) ? returnUrl! : "/");
    }

    private static RazorComponentResult<LoginDocument> Page(string? returnUrl, bool failed) => new RazorComponentResult<LoginDocument>(new { ReturnUrl = returnUrl, Failed = failed })
    {
        StatusCode = failed ? StatusCodes.Status401Unauthorized : StatusCodes.Status200OK,
    };

    /// <summary>A path of this dashboard; "//elsewhere" and "/\elsewhere" are other hosts to a browser.</summary>
    private static bool IsLocal(string? url) => url is ['/', not ('/' or '\\'), ..] or "/";
}
