using Microsoft.Extensions.Primitives;

namespace AspireChat.Gateway.Instances;

/// <summary>Knows where the chat servers are: from configuration, from DNS, from whatever runs them.</summary>
internal interface IInstanceSource
{
    /// <summary>Fires when it is worth reading again. Taken before a read, it misses no change.</summary>
    IChangeToken Changed { get; }

    /// <summary>Why the instances could not be told anew just now, so that those of <see cref="Read"/> may be outdated; null: they are not.</summary>
    string? Trouble { get; }

    /// <summary>All instances, healthy or not. None only while they are asked for, and nobody has answered yet.</summary>
    /// <exception cref="InstancesException">There is none, or one cannot be understood; the message tells the remedy.</exception>
    IReadOnlyList<Instance> Read();
}
