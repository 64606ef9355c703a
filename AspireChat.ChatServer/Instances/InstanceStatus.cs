using System.Text.Json.Serialization;

namespace AspireChat.ChatServer.Instances;

/// <summary>What an instance tells the others of itself, once a second.</summary>
/// <remarks>Members may be added, never required: during a deploy, instances of two releases read each other's.</remarks>
internal sealed record InstanceStatus
{
    /// <summary>The instance's name. Of two incarnations with one name only the later one is alive: it was started in the other's place.</summary>
    public string Instance { get; init; } = "";

    /// <summary>See <see cref="Instances.Incarnation.Id"/>.</summary>
    public string Incarnation { get; init; } = "";

    /// <summary>The wire name of the mode it has applied; empty before the first.</summary>
    public string Mode { get; init; } = "";

    /// <summary>The version of that mode.</summary>
    public long ModeVersion { get; init; }

    public int Connections { get; init; }

    /// <summary>Counts this incarnation's beats: whoever sees it grow knows that the instance lives now, and not only that its lease has not ended.</summary>
    public long Beat { get; init; }

    /// <summary>The number of its last beat in the canary's room that Redis has taken; 0 before the first. See <see cref="Backplane.Canary.CanaryWatch"/>.</summary>
    public long Canary { get; init; }

    /// <summary>It is shutting down and wants no new connections.</summary>
    public bool Draining { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(InstanceStatus))]
internal sealed partial class InstancesJson : JsonSerializerContext;
