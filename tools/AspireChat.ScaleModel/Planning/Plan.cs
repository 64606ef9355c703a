namespace AspireChat.ScaleModel.Planning;

/// <summary>What a workload takes.</summary>
internal sealed record Plan
{
    public required Workload Workload { get; init; }

    public required Machines Machines { get; init; }

    public required Tier Instances { get; init; }

    /// <summary>Null where clients come to the instances without any.</summary>
    public required Tier? Gateways { get; init; }

    public required Tier Shards { get; init; }

    /// <summary>Instances on which a room has members: copies that Redis sends of each of its messages.</summary>
    public required double Interested { get; init; }

    /// <summary>Bytes a second, of all shards.</summary>
    public required double RedisBytesOut { get; init; }

    /// <summary>Bytes a second, to all clients.</summary>
    public required double ClientBytesOut { get; init; }

    /// <summary>Messages a second that one room of so many members may have, with a shard for itself.</summary>
    public required double LargestRate { get; init; }

    /// <summary>Null where there is but one instance, or no number is enough.</summary>
    public required Recovery? Recovery { get; init; }

    public IEnumerable<Tier> Tiers => new[] { Instances, Gateways, Shards }.OfType<Tier>();

    /// <summary>Whether there is a number of machines that carries it.</summary>
    public bool IsPossible => Tiers.All(tier => tier.Count is not null);
}
