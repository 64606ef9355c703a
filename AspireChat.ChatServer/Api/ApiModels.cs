using System.Text.Json.Serialization;

namespace AspireChat.ChatServer.Api;

/// <summary>Answer of <c>GET /api/instance</c>.</summary>
internal sealed record InstanceInfo(string Instance, string Backplane, int Connections, int Rooms);

/// <summary>Answer of <c>POST /api/rooms/{room}/messages</c>; without members in the modes that have no stream.</summary>
internal sealed record PostedMessage(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Offset,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Epoch);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(InstanceInfo))]
[JsonSerializable(typeof(PostedMessage))]
internal sealed partial class ApiJson : JsonSerializerContext;
