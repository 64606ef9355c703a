using System.Text.Json.Serialization;

namespace AspireChat.ChatServer;

/// <summary>The body of every refusal over HTTP: a stable code for programs, and a sentence for people.</summary>
internal sealed record ApiError(string Code, string Message)
{
    public IResult WithStatus(int status) => Results.Json(this, ApiErrorJson.Default.ApiError, statusCode: status);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ApiError))]
internal sealed partial class ApiErrorJson : JsonSerializerContext;
