namespace AspireChat.LoadTest.Faults.Deployments;

/// <summary>What a deployment to be broken is like.</summary>
internal sealed record DeploymentOptions
{
    /// <summary>The mode of the backplane. Default <c>stream</c>.</summary>
    public string Backplane { get; init; } = "stream";

    /// <summary>How instances are cut off from Redis. Default: in network namespaces, where that is possible, else by a proxy.</summary>
    public NetworkChoice Network { get; init; } = NetworkChoice.Auto;

    /// <summary>How long an instance that is not heard counts as alive. Default 25 s, the chat server's own.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(25);
}
