using DnsClient;
using DnsClient.Protocol;
using Microsoft.Extensions.Options;

namespace AspireChat.Gateway.Instances.Discovery;

/// <summary>
/// Each SRV record of one name is an instance, whatever its priority and weight. It is called by its host: of those under the name itself only the first
/// part counts, which for pods of a StatefulSet is their own name (<c>chat-0</c>); others have their port with them, as a host may have several.
/// </summary>
internal sealed class ServiceLookup(NameServers servers, IOptions<DiscoveryOptions> options) : IInstanceLookup
{
    public async Task<FoundInstances> LookUpAsync(CancellationToken cancellationToken)
    {
        var name = options.Value.Name!;
        var answer = await servers.AskAsync(name, QueryType.SRV, cancellationToken);
        SrvRecord[] records = [.. answer.Answers.SrvRecords().Where(record => HostOf(record).Length > 0)];
        if (records.Length == 0)
            throw new InstancesException($"'{name}' has no SRV record in DNS; is Gateway:Discovery:Name right, and is an instance running?");

        var keptFor = NameServers.KeptFor(records);
        var instances = new Dictionary<string, Instance>(StringComparer.OrdinalIgnoreCase);
        foreach (var record in records.OrderBy(record => HostOf(record), StringComparer.Ordinal).ThenBy(record => record.Port))
        {
            // Most servers send the addresses along.
            DnsResourceRecord[] along = [.. answer.Additionals.Where(additional => additional is AddressRecord && additional.DomainName.Equals(record.Target))];
            var addresses = NameServers.AddressesIn(along);
            if (addresses.Count > 0)
                keptFor = Shorter(keptFor, NameServers.KeptFor(along));
            else if (await servers.AddressesOfAsync(record.Target, cancellationToken) is { Addresses: { Count: > 0 } asked } found)
                (addresses, keptFor) = (asked, Shorter(keptFor, found.KeptFor));
            else
                continue; // Its host has just gone, and its record is about to.

            var own = OwnName(HostOf(record), record.Port, name);
            if (!instances.TryAdd(own, InstanceAt.Of(own, options.Value.Scheme, addresses[0], record.Port, HostOf(record))))
                instances.TryAdd($"{own}:{record.Port}", InstanceAt.Of($"{own}:{record.Port}", options.Value.Scheme, addresses[0], record.Port, HostOf(record)));
        }

        return instances.Count > 0
            ? new FoundInstances([.. instances.Values], keptFor)
            : throw new InstancesException($"No host of '{name}', such as '{HostOf(records[0])}', has an address in DNS.");
    }

    private static string HostOf(SrvRecord record) => record.Target.Value.TrimEnd('.');

    private static string OwnName(string host, int port, string name)
    {
        // What follows _service._protocol is where the hosts of a headless service are.
        var domain = string.Join('.', name.TrimEnd('.').Split('.').SkipWhile(part => part.StartsWith('_')));
        return domain.Length > 0 && host.EndsWith($".{domain}", StringComparison.OrdinalIgnoreCase) ? host[..^(domain.Length + 1)] : $"{host}:{port}";
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
