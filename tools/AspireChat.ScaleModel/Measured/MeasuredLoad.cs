using System.Text.Json;
using System.Text.Json.Serialization;

namespace AspireChat.ScaleModel.Measured;

/// <summary>What was measured: by <c>CostGuard scale</c>, on one machine on one day.</summary>
internal sealed record MeasuredLoads
{
    public required string Date { get; init; }

    public required string Machine { get; init; }

    public required IReadOnlyList<MeasuredLoad> Points { get; init; }

    /// <summary>1, 2 and 3 instances in both modes.</summary>
    public static MeasuredLoads Instances { get; } = Read("instances.json");

    /// <summary>3 instances in <c>stream</c>, all clients through one gateway.</summary>
    public static MeasuredLoads Gateway { get; } = Read("gateway.json");

    private static MeasuredLoads Read(string name)
    {
        using var file = typeof(MeasuredLoads).Assembly.GetManifestResourceStream(name)!;
        return JsonSerializer.Deserialize(file, MeasuredJson.Default.MeasuredLoads)!;
    }
}

/// <summary>One load. CPU time in µs for each message that was sent.</summary>
internal sealed record MeasuredLoad
{
    public required Mode Mode { get; init; }

    public required int Instances { get; init; }

    public required int Rooms { get; init; }

    /// <summary>Of each room.</summary>
    public required int Members { get; init; }

    public required int TextBytes { get; init; }

    /// <summary>Of all rooms.</summary>
    public required double MessagesPerSecond { get; init; }

    /// <summary>Of all instances together.</summary>
    public required double InstancesMicroseconds { get; init; }

    public required double RedisMicroseconds { get; init; }

    public double GatewayMicroseconds { get; init; }

    /// <summary>Bytes that Redis has sent for each message, to all instances.</summary>
    public required double RedisBytesOut { get; init; }

    /// <summary>Members were spread evenly: those of a room of 3 are on all of up to 3 instances.</summary>
    public double Copies => Math.Min(Instances, Members);
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true)]
[JsonSerializable(typeof(MeasuredLoads))]
[JsonSerializable(typeof(MeasuredMemory))]
[JsonSerializable(typeof(MeasuredShards))]
internal sealed partial class MeasuredJson : JsonSerializerContext;
