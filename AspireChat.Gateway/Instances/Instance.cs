namespace AspireChat.Gateway.Instances;

/// <summary>One running chat server that requests can be sent to.</summary>
/// <param name="Name">Unique among the instances; logs and traces call it so.</param>
/// <param name="Address">Where it listens, an absolute http or https address.</param>
internal sealed record Instance(string Name, Uri Address)
{
    /// <summary>The host that requests to it name; null: that of its address.</summary>
    public string? Host { get; init; }
}
