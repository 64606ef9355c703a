namespace AspireChat.Gateway.Instances.Discovery;

/// <summary>Asks DNS, once, which instances there are.</summary>
internal interface IInstanceLookup
{
    /// <exception cref="InstancesException">DNS did not tell of any; the message says what it did.</exception>
    Task<FoundInstances> LookUpAsync(CancellationToken cancellationToken);
}

/// <param name="Instances">At least one, each with a name of its own that is the same whenever it is found.</param>
/// <param name="KeptFor">For so long DNS gives no other answer.</param>
internal sealed record FoundInstances(IReadOnlyList<Instance> Instances, TimeSpan KeptFor);
