using Yarp.ReverseProxy.Configuration;

namespace AspireChat.Gateway.Proxy;

/// <summary>
/// Administration of one particular instance: <c>/admin/instances/{instance}/…</c> goes to that instance's <c>/admin/…</c>, healthy or not.
/// </summary>
internal static class NamedInstance
{
    private const string RouteValue = "instance";

    public static readonly RouteConfig Route = new()
    {
        RouteId = "admin-of-instance",
        ClusterId = ChatCluster.Id,
        Match = new RouteMatch { Path = $"/admin/instances/{{{RouteValue}}}/{{**rest}}" },
        Transforms = [new Dictionary<string, string> { ["PathPattern"] = "/admin/{**rest}" }],
    };

    public static void UseNamedInstance(this IReverseProxyApplicationBuilder pipeline) =>
        pipeline.Use((context, next) => context.Request.RouteValues[RouteValue] is string name ? SendToAsync(name, context, next) : next(context));

    private static Task SendToAsync(string name, HttpContext context, RequestDelegate next)
    {
        var proxy = context.GetReverseProxyFeature();
        var all = proxy.AllDestinations;
        if (all.FirstOrDefault(destination => string.Equals(destination.DestinationId, name, StringComparison.OrdinalIgnoreCase)) is { } instance)
        {
            proxy.AvailableDestinations = [instance];
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return context.Response.WriteAsJsonAsync(
            new GatewayError("unknown_instance", $"There is no instance of that name; there are {string.Join(", ", all.Select(destination => destination.DestinationId).Order(StringComparer.Ordinal))}."),
            context.RequestAborted);
    }
}
