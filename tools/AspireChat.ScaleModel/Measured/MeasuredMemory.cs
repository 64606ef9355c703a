using System.Text.Json;

namespace AspireChat.ScaleModel.Measured;

/// <summary>What connections, rooms and messages hold: by <c>CostGuard scale memory</c>.</summary>
internal sealed record MeasuredMemory
{
    public required string Date { get; init; }

    public required string Machine { get; init; }

    public required IReadOnlyList<HeldMemory> Points { get; init; }

    public static MeasuredMemory Recorded { get; } = Read();

    /// <summary>One instance in a mode with so many rooms for its connections.</summary>
    public HeldMemory Of(Mode mode, bool manyRooms) => Points.Single(point => point.Mode == mode && point.Rooms > 1 == manyRooms);

    private static MeasuredMemory Read()
    {
        using var file = typeof(MeasuredMemory).Assembly.GetManifestResourceStream("memory.json")!;
        return JsonSerializer.Deserialize(file, MeasuredJson.Default.MeasuredMemory)!;
    }
}

/// <summary>Bytes for each connection, and CPU time in µs to connect and join.</summary>
internal sealed record HeldMemory(
    Mode Mode,
    int Connections,
    int Rooms,
    double InstanceBase,
    double InstanceBytes,
    double GatewayBytes,
    double RedisBytes,
    double InstanceMicroseconds,
    double GatewayMicroseconds,
    double RedisMicroseconds,
    int Messages,
    double RedisBytesPerMessage);
