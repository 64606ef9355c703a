using Microsoft.Extensions.Options;

namespace AspireChat.ChatServer.Security;

/// <summary>Endpoints that need a key: 404 where none is configured, as if they did not exist, and 401 where it is not presented.</summary>
internal static class AccessKeyConventions
{
    public const string AdminHeader = "X-Admin-Key";
    public const string ApiHeader = "X-Api-Key";

    /// <summary>Needs <see cref="ChatOptions.AdminKey"/> in the header <c>X-Admin-Key</c>.</summary>
    public static TBuilder RequireAdminKey<TBuilder>(this TBuilder builder) where TBuilder : IEndpointConventionBuilder =>
        builder.RequireKey(AdminHeader, options => options.AdminKey);

    /// <summary>Needs <see cref="ChatOptions.ApiKey"/> in the header <c>X-Api-Key</c>.</summary>
    public static TBuilder RequireApiKey<TBuilder>(this TBuilder builder) where TBuilder : IEndpointConventionBuilder =>
        builder.RequireKey(ApiHeader, options => options.ApiKey);

    private static TBuilder RequireKey<TBuilder>(this TBuilder builder, string header, Func<ChatOptions, string?> configured)
        where TBuilder : IEndpointConventionBuilder
    {
        // Wraps the whole endpoint, unlike an endpoint filter, before which the body would already be read and bound.
        builder.Finally(endpoint =>
        {
            if (endpoint.RequestDelegate is not { } guarded)
                return;

            AccessKey? key = null;
            endpoint.RequestDelegate = context =>
            {
                key ??= Configured(context, header, configured);
                return key is null ? NotFound(context) : key.IsPresentedBy(context.Request) ? guarded(context) : RefuseAsync(context, key.Header);
            };
        });
        return builder;
    }

    private static AccessKey? Configured(HttpContext context, string header, Func<ChatOptions, string?> configured) =>
        configured(context.RequestServices.GetRequiredService<IOptions<ChatOptions>>().Value) is { Length: > 0 } key ? new AccessKey(header, key) : null;

    private static Task NotFound(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private static Task RefuseAsync(HttpContext context, string header) =>
        new ApiError("unauthorized", $"The header {header} is missing or wrong.").WithStatus(StatusCodes.Status401Unauthorized).ExecuteAsync(context);
}
