using Microsoft.Extensions.Primitives;

namespace AspireChat.Gateway.Instances;

/// <summary>Knows where the chat servers are: from configuration, from DNS, from whatever runs them.</summary>
internal interface IInstanceSource
{
    /// <summary>Fires when it is worth reading again. Taken before a read, it misses no change.</summary>
    IChangeToken Changed { get; }

    /// <summary>All instances, healthy or not; never empty.</summary>
    /// <exception cref="InstancesException">There is none, or one cannot be understood; the message tells the remedy.</exception>
    IReadOnlyList<Instance> Read();
}
