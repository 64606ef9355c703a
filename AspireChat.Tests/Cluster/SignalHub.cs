using System.Collections.Concurrent;

namespace AspireChat.Tests.Cluster;

/// <summary>Stands for the channels between instances: carries signals, once and in order, to each instance that works in a mode with a backplane.</summary>
internal sealed class SignalHub
{
    public ConcurrentDictionary<HubUser, bool> Users { get; } = new();
}
