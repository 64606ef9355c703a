using System.Text.Json.Serialization;
using AspireChat.ChatServer.Backplane;
using Microsoft.AspNetCore.Http.Features;

namespace AspireChat.ChatServer.Security.Bans;

/// <summary><c>PUT</c> and <c>DELETE /admin/bans/{name}</c>, and <c>GET /admin/bans</c>.</summary>
internal static class BanEndpoints
{
    private const int MaxNameLength = 32;

    public static IEndpointConventionBuilder MapBans(this IEndpointRouteBuilder endpoints)
    {
        var bans = endpoints.MapGroup("/admin/bans").RequireAdminKey();
        bans.MapGet("", (BanList list) => Results.Json(new BanNames([.. list.Snapshot.Names.Order(StringComparer.Ordinal)]), BansJson.Default.BanNames));
        bans.MapPut("{name}", (HttpContext context, BanFollower follower) => SetAsync(context, follower, banned: true));
        bans.MapDelete("{name}", (HttpContext context, BanFollower follower) => SetAsync(context, follower, banned: false));
        return bans;
    }

    private static async Task<IResult> SetAsync(HttpContext context, BanFollower follower, bool banned)
    {
        var name = NameIn(context);
        if (name.Length > MaxNameLength)
            return new ApiError("bad_name", $"A user name has 1 to {MaxNameLength} characters.").WithStatus(StatusCodes.Status400BadRequest);

        try
        {
            await follower.SetAsync(name, banned);
            return Results.NoContent();
        }
        catch (BackplaneUnavailableException exception)
        {
            return new ApiError("unavailable", exception.Message).WithStatus(StatusCodes.Status503ServiceUnavailable);
        }
    }

    /// <summary>From the address as it was sent: a name may have a slash, which routing leaves encoded, and may look encoded itself.</summary>
    private static string NameIn(HttpContext context)
    {
        var path = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?')[0];
        return Uri.UnescapeDataString(path[(path.LastIndexOf('/') + 1)..]);
    }
}

internal sealed record BanNames(IReadOnlyList<string> Names);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BanNames))]
internal sealed partial class BansJson : JsonSerializerContext;
