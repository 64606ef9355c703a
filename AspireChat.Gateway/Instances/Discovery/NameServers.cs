using System.Net;
using System.Net.Sockets;
using DnsClient;
using DnsClient.Protocol;
using Microsoft.Extensions.Options;

namespace AspireChat.Gateway.Instances.Discovery;

/// <summary>Asks the name servers for records, without a cache: whoever asks knows by their TTL when to ask again.</summary>
internal sealed class NameServers(IOptions<DiscoveryOptions> options)
{
    // Made with the first question: the system's name servers may not be known before.
    private LookupClient? _client;

    /// <exception cref="InstancesException">They gave no answer, or that there is no such name.</exception>
    public async Task<IDnsQueryResponse> AskAsync(string name, QueryType type, CancellationToken cancellationToken)
    {
        IDnsQueryResponse answer;
        try
        {
            _client ??= CreateClient(options.Value);
            answer = await _client.QueryAsync(name, type, cancellationToken: cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Nobody there, no answer in time, one that cannot be read: whatever it is, the question is asked again later.
            throw new InstancesException($"DNS did not answer what {type} records '{name}' has: {exception.GetBaseException().Message}");
        }

        return answer.Header.ResponseCode is DnsHeaderResponseCode.NoError or DnsHeaderResponseCode.NotExistentDomain
            ? answer
            : throw new InstancesException($"DNS refused to tell what {type} records '{name}' has: {answer.Header.ResponseCode}.");
    }

    /// <summary>The addresses of a host: those of IPv4, where it has none those of IPv6, so that one with both counts once. In order; none where it has none.</summary>
    public async Task<(IReadOnlyList<IPAddress> Addresses, TimeSpan KeptFor)> AddressesOfAsync(string host, CancellationToken cancellationToken)
    {
        foreach (var type in (QueryType[])[QueryType.A, QueryType.AAAA])
        {
            var answer = await AskAsync(host, type, cancellationToken);
            if (AddressesIn(answer.Answers) is { Count: > 0 } addresses)
                return (addresses, KeptFor(answer.Answers));
        }

        return ([], TimeSpan.Zero);
    }

    public static IReadOnlyList<IPAddress> AddressesIn(IEnumerable<DnsResourceRecord> records) =>
        [.. records.OfType<AddressRecord>().Select(record => record.Address).Distinct()
            .OrderBy(address => address.AddressFamily is AddressFamily.InterNetworkV6)
            .ThenBy(address => address.ToString(), StringComparer.Ordinal)];

    public static TimeSpan KeptFor(IEnumerable<DnsResourceRecord> records) => TimeSpan.FromSeconds(records.Min(record => record.InitialTimeToLive));

    private static LookupClient CreateClient(DiscoveryOptions options) => new(
        new LookupClientOptions(options.ReadNameServer() is { } server ? [new NameServer(server)] : [])
        {
            AutoResolveNameServers = options.ReadNameServer() is null,
            UseCache = false,
            Timeout = options.Timeout,
            Retries = 1,
        });
}
