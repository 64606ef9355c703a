using System.Text.Json;
using System.Text.Json.Serialization;

namespace AspireChat.ChatServer.Faults;

/// <summary>The body of a fault that lasts: <c>{"seconds": 5}</c>. No fault lasts longer than a minute, and each ends by itself.</summary>
internal sealed record FaultRequest(double? Seconds)
{
    private const double Default = 5;
    private const double Max = 60;

    /// <summary>For how long; null when the body is no such thing.</summary>
    public static async Task<TimeSpan?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var read = request.ContentLength is 0 or null ? null : await JsonSerializer.DeserializeAsync(request.Body, FaultJson.Default.FaultRequest, cancellationToken);
            var seconds = read?.Seconds ?? Default;
            return seconds is > 0 and <= Max ? TimeSpan.FromSeconds(seconds) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static IResult Refusal =>
        new ApiError("bad_seconds", $"The body must be empty or {{\"seconds\": …}} with a number above 0 and at most {Max}.").WithStatus(StatusCodes.Status400BadRequest);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(FaultRequest))]
internal sealed partial class FaultJson : JsonSerializerContext;
