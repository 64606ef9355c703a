using System.Net;

namespace AspireChat.LoadTest.Faults.Deployments;

/// <summary>One proxy for all instances, which tells them apart by the names of their connections. It needs no rights; its own kernel goes on to acknowledge what is sent into a cut.</summary>
internal sealed class ProxyNetwork(int redis) : INetwork
{
    private readonly RedisLink _link = RedisLink.Start(redis);

    public string Kind => "a proxy";

    public EndPoint RedisFor(string instance) => new IPEndPoint(IPAddress.Loopback, _link.Port);

    public Task PartitionAsync(string instance)
    {
        _link.Partition(instance);
        return Task.CompletedTask;
    }

    public Task HealAsync(int redis)
    {
        _link.Heal(redis);
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => _link.DisposeAsync();
}
