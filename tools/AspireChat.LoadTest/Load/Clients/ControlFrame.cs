using System.Text.Json;

namespace AspireChat.LoadTest.Load.Clients;

/// <summary>A frame that is no message: rare enough to be parsed.</summary>
internal sealed record ControlFrame
{
    public required string Type { get; init; }

    public string? Instance { get; init; }

    public string? Mode { get; init; }

    public int SendsPerSecond { get; init; }

    public bool Recovered { get; init; }

    public string? Epoch { get; init; }

    public long Offset { get; init; }

    public string? Code { get; init; }

    public string? Message { get; init; }

    public int AfterMs { get; init; }

    /// <exception cref="InvalidDataException">It is not as the protocol says.</exception>
    public static ControlFrame Parse(ReadOnlySpan<byte> utf8)
    {
        try
        {
            var reader = new Utf8JsonReader(utf8);
            using var document = JsonDocument.ParseValue(ref reader);
            return Of(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            throw new InvalidDataException($"The server sent a frame that is not of the protocol: {e.Message}", e);
        }
    }

    private static ControlFrame Of(JsonElement frame)
    {
        var position = frame.TryGetProperty("position", out var place) && place.ValueKind == JsonValueKind.Object ? place : frame;
        return new ControlFrame
        {
            Type = frame.GetProperty("type").GetString() ?? "",
            Instance = Text(frame, "instance"),
            Mode = Text(frame, "backplane") ?? Text(frame, "mode"),
            SendsPerSecond = frame.TryGetProperty("limits", out var limits) ? (int)Number(limits, "sendsPerSecond") : 0,
            Recovered = frame.TryGetProperty("recovered", out var recovered) && recovered.GetBoolean(),
            Epoch = Text(position, "epoch"),
            Offset = Number(position, "offset"),
            Code = Text(frame, "code"),
            Message = Text(frame, "message"),
            AfterMs = (int)Number(frame, "afterMs"),
        };
    }

    private static string? Text(JsonElement holder, string name) =>
        holder.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static long Number(JsonElement holder, string name) => holder.TryGetProperty(name, out var value) ? value.GetInt64() : 0;
}
