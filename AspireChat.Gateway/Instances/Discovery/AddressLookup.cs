using Microsoft.Extensions.Options;

namespace AspireChat.Gateway.Instances.Discovery;

/// <summary>Each address of one name is an instance, called by its address.</summary>
internal sealed class AddressLookup(NameServers servers, IOptions<DiscoveryOptions> options) : IInstanceLookup
{
    public async Task<FoundInstances> LookUpAsync(CancellationToken cancellationToken)
    {
        var name = options.Value.Name!;
        var (addresses, keptFor) = await servers.AddressesOfAsync(name, cancellationToken);
        if (addresses.Count == 0)
            throw new InstancesException($"'{name}' has no address in DNS; is Gateway:Discovery:Name right, and is an instance running?");

        var host = name.TrimEnd('.');
        return new FoundInstances([.. addresses.Select(address => InstanceAt.Of(address.ToString(), options.Value.Scheme, address, options.Value.Port, host))], keptFor);
    }
}
