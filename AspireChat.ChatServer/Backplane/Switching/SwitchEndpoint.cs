using System.Text.Json;
using System.Text.Json.Serialization;
using AspireChat.ChatServer.Security;

namespace AspireChat.ChatServer.Backplane.Switching;

/// <summary><c>PUT /admin/backplane</c>: switches the mode of every instance.</summary>
internal static class SwitchEndpoint
{
    public static IEndpointConventionBuilder MapBackplaneSwitch(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPut("/admin/backplane", SwitchAsync).RequireAdminKey();

    private static async Task<IResult> SwitchAsync(HttpContext context, ModeSwitch modeSwitch, CancellationToken cancellationToken)
    {
        if (context.RequestServices.GetService<RedisConnections>() is null)
            return new ApiError("no_redis", "This instance has no Redis and stays in mode local; set ConnectionStrings__redis to join it to others.").WithStatus(StatusCodes.Status409Conflict);

        if (await ReadModeAsync(context.Request, cancellationToken) is not { } mode)
            return new ApiError("bad_mode", $"The body must be {{\"mode\": …}} with one of {BackplaneModeNames.All}.").WithStatus(StatusCodes.Status400BadRequest);

        try
        {
            return Answer(await modeSwitch.SwitchAsync(mode, cancellationToken));
        }
        catch (BackplaneUnavailableException exception)
        {
            return new ApiError("unavailable", exception.Message).WithStatus(StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static async Task<BackplaneMode?> ReadModeAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var body = await JsonSerializer.DeserializeAsync(request.Body, SwitchingJson.Default.SwitchRequest, cancellationToken);
            return BackplaneModeNames.TryParse(body?.Mode, out var mode) ? mode : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IResult Answer(SwitchOutcome outcome) => outcome.Missing is { Count: 0 }
        ? Results.Json(new SwitchAnswer(outcome.Mode.Name(), outcome.Confirmed), SwitchingJson.Default.SwitchAnswer)
        : Results.Json(
            new SwitchRefusal("unconfirmed", $"The mode is {outcome.Mode.Name()} now, but not confirmed by {string.Join(", ", outcome.Missing)}; an instance that died is counted until its lease ends.", outcome.Missing),
            SwitchingJson.Default.SwitchRefusal,
            statusCode: StatusCodes.Status504GatewayTimeout);
}

internal sealed record SwitchRequest(string? Mode);

internal sealed record SwitchAnswer(string Mode, IReadOnlyList<string> Instances);

/// <param name="Code">Always <c>unconfirmed</c>.</param>
/// <param name="Message">For people.</param>
/// <param name="Instances">Those that have not confirmed.</param>
internal sealed record SwitchRefusal(string Code, string Message, IReadOnlyList<string> Instances);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SwitchRequest))]
[JsonSerializable(typeof(SwitchAnswer))]
[JsonSerializable(typeof(SwitchRefusal))]
internal sealed partial class SwitchingJson : JsonSerializerContext;
