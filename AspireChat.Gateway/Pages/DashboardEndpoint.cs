using AspireChat.Gateway.Lab;
using Microsoft.Extensions.Options;

namespace AspireChat.Gateway.Pages;

/// <summary><c>GET /dashboard</c>: where the chat page finds the traces of its messages.</summary>
internal static class DashboardEndpoint
{
    public static void MapDashboard(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/dashboard", (IOptions<LabOptions> options) => new Dashboard(options.Value.DashboardUrl));
}

/// <param name="Address">Null where there is none, as in production.</param>
internal sealed record Dashboard(Uri? Address);
