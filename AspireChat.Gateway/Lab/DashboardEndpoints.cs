using System.Globalization;
using Microsoft.Extensions.Options;

namespace AspireChat.Gateway.Lab;

/// <summary>
/// <c>GET /admin/dashboard</c>: leads from the lab to the dashboard. Who has a session arrives there logged in; the token by which that happens
/// goes through no script, and the dashboard takes it out of the address at once.
/// </summary>
internal static class DashboardEndpoints
{
    public static void MapLabDashboard(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/admin/dashboard", (HttpContext context, IOptions<LabOptions> options) => Lead(context, options.Value, "/"));
        endpoints.MapGet("/admin/dashboard/traces", (HttpContext context, IOptions<LabOptions> options, string room, long? offset) =>
            Lead(context, options.Value, TracesOf(room, offset)));
    }

    private static IResult Lead(HttpContext context, LabOptions options, string page)
    {
        if (options.DashboardUrl is not { } dashboard) return Results.NotFound();

        context.Response.Headers.CacheControl = "no-store";
        var logsIn = options.DashboardToken is { Length: > 0 } && context.HasLabSession();
        var path = logsIn ? $"/login?t={Uri.EscapeDataString(options.DashboardToken!)}&returnUrl={Uri.EscapeDataString(page)}" : page;
        return Results.Redirect(new Uri(dashboard, path).AbsoluteUri);
    }

    /// <summary>
    /// The list of traces, filtered by what is on a message's spans. Aspire's dashboard and its stand-in write filters differently; each passes over the
    /// other's.
    /// </summary>
    private static string TracesOf(string room, long? offset)
    {
        var filters = new List<(string Key, string Value)> { ("chat.room", room) };
        if (offset is { } place) filters.Add(("chat.message.offset", place.ToString(CultureInfo.InvariantCulture)));

        var aspires = string.Join(' ', filters.Select(filter => $"{filter.Key}:equals:{Uri.EscapeDataString(filter.Value)}"));
        var standIns = filters.Select(filter => $"Is|{filter.Key}|{Uri.EscapeDataString(filter.Value)}");
        return $"/traces{QueryString.Create([new("filters", aspires), .. standIns.Select(filter => KeyValuePair.Create("filter", (string?)filter))])}";
    }
}
