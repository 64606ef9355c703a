using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AspireChat.Client.Protocol;

/// <summary>The frames of protocol <c>aspirechat.v1</c> as JSON.</summary>
internal static class FrameJson
{
    private static readonly FrameJsonContext Context = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        // The type need not be a frame's first member.
        AllowOutOfOrderMetadataProperties = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // Frames never stand inside HTML; escaping all that is not ASCII would only make them longer.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.Strict,
        PropertyNameCaseInsensitive = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    });

    public static byte[] Write(ClientFrame frame) => JsonSerializer.SerializeToUtf8Bytes(frame, Context.ClientFrame);

    /// <exception cref="ChatProtocolException">It is no frame of this protocol.</exception>
    public static ServerFrame Read(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return JsonSerializer.Deserialize(utf8, Context.ServerFrame)
                ?? throw new ChatProtocolException("The server sent null instead of a frame.");
        }
        catch (JsonException e)
        {
            throw new ChatProtocolException($"The server sent a frame that cannot be read: {e.Message}", e);
        }
    }
}

[JsonSerializable(typeof(ClientFrame))]
[JsonSerializable(typeof(ServerFrame))]
internal sealed partial class FrameJsonContext : JsonSerializerContext;
