using System.Net;

namespace AspireChat.LoadTest.Faults.Deployments;

/// <summary>What is between the instances and Redis, and can be cut for one of them.</summary>
internal interface INetwork : IAsyncDisposable
{
    /// <summary>How it is made, in words.</summary>
    string Kind { get; }

    /// <summary>Where an instance finds Redis.</summary>
    EndPoint RedisFor(string instance);

    /// <summary>From now on nothing passes between an instance and Redis, and nobody is told: connections stay open.</summary>
    Task PartitionAsync(string instance);

    /// <summary>Everything passes again, to the Redis on this port of loopback.</summary>
    Task HealAsync(int redis);
}
