using System.Net;
using StackExchange.Redis;

namespace AspireChat.ChatServer.Backplane.Redis;

/// <summary>A shard of a cluster, as the cluster itself tells.</summary>
/// <param name="Primary">Where its primary is.</param>
/// <param name="Slots">The slots that it has.</param>
internal sealed record ClusterShard(EndPoint Primary, IReadOnlyList<(int First, int Last)> Slots)
{
    // In a script, since the client takes the command itself for an administrator's, and connections that serve users are none.
    private const string Script = "return redis.call('CLUSTER', 'SLOTS')";

    public bool Has(int slot) => Slots.Any(range => slot >= range.First && slot <= range.Last);

    /// <summary>Asks one of the nodes, whichever is connected.</summary>
    /// <exception cref="RedisException">None is, or it did not answer.</exception>
    public static async Task<ClusterShard[]> ReadAsync(IConnectionMultiplexer connection)
    {
        var nodes = connection.GetServers().Where(server => server.IsConnected).ToArray();
        if (nodes.Length == 0)
            throw RedisTrouble.NotReached("No node of the cluster is connected.");

        // Each time another: one that the others have parted with would tell the same old story for ever.
        var node = nodes[Random.Shared.Next(nodes.Length)];
        var ranges = (RedisResult[])(await node.ExecuteAsync("EVAL", Script, 0))!;
        return [.. ranges.Select(range => (RedisResult[])range!)
            .GroupBy(range => PlaceOf((RedisResult[])range[2]!, node.EndPoint), range => ((int)range[0], (int)range[1]))
            .Select(shard => new ClusterShard(shard.Key, [.. shard]))];
    }

    private static EndPoint PlaceOf(RedisResult[] primary, EndPoint asked)
    {
        var (host, port) = ((string?)primary[0], (int)primary[1]);
        if (IPAddress.TryParse(host, out var address))
            return new IPEndPoint(address, port);
        if (!string.IsNullOrEmpty(host))
            return new DnsEndPoint(host, port);

        // A node that has no name says: where you have reached me.
        return asked is IPEndPoint { Address: var own } ? new IPEndPoint(own, port) : new DnsEndPoint(((DnsEndPoint)asked).Host, port);
    }
}
