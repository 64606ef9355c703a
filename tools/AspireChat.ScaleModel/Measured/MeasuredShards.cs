using System.Text.Json;

namespace AspireChat.ScaleModel.Measured;

/// <summary>What a Redis Cluster was measured to cost, in <c>stream</c>, on one machine on one day.</summary>
internal sealed record MeasuredShards
{
    public required string Date { get; init; }

    public required string Machine { get; init; }

    public required IReadOnlyList<MeasuredShard> Points { get; init; }

    public static MeasuredShards Recorded { get; } = Read();

    private static MeasuredShards Read()
    {
        using var file = typeof(MeasuredShards).Assembly.GetManifestResourceStream("shards.json")!;
        return JsonSerializer.Deserialize(file, MeasuredJson.Default.MeasuredShards)!;
    }
}

/// <summary>One load, whose rooms are spread over the shards.</summary>
internal sealed record MeasuredShard
{
    public required int Shards { get; init; }

    public required int Instances { get; init; }

    /// <summary>Of each room.</summary>
    public required int Members { get; init; }

    /// <summary>Of all rooms.</summary>
    public required double MessagesPerSecond { get; init; }

    /// <summary>CPU time in µs of all shards together, for each message.</summary>
    public required double RedisMicroseconds { get; init; }
}
