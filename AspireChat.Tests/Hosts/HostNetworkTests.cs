using System.Diagnostics;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using AspireChat.LoadTest.Hosts.Network;
using AspireChat.LoadTest.Processes;

namespace AspireChat.Tests.Hosts;

/// <summary>What joins the hosts, with a Redis on one of them to answer.</summary>
public sealed class HostNetworkTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_packet_takes_its_time_and_a_cut_lets_none_through_and_tells_nobody()
    {
        var quality = new LinkQuality { Least = TimeSpan.FromMilliseconds(20), Most = TimeSpan.FromMilliseconds(25), Loss = 0 };
        await using var network = await StartAsync(quality, "redis", "other", "users");
        await using var redis = await RedisOnAsync(network);
        using var client = await ConnectAsync(network, redis);

        var began = Stopwatch.GetTimestamp();
        await PingAsync(client);

        Assert.True(Stopwatch.GetElapsedTime(began) >= 2 * quality.Least, $"There and back took {Stopwatch.GetElapsedTime(began)}.");

        network.CutOff("redis");
        var ping = PingAsync(client);
        Assert.NotSame(ping, await Task.WhenAny(ping, Task.Delay(TimeSpan.FromMilliseconds(500), Cancellation)));

        // What was sent into the cut is sent again by TCP.
        network.Heal();
        await ping.WaitAsync(TimeSpan.FromSeconds(20), Cancellation);

        network.CutOff("redis", "other");
        await PingAsync(client);
    }

    [Fact]
    public async Task What_is_lost_on_the_way_is_sent_again()
    {
        await using var network = await StartAsync(new LinkQuality { Least = TimeSpan.Zero, Most = TimeSpan.FromMilliseconds(1), Loss = 0.1 }, "redis", "users");
        await using var redis = await RedisOnAsync(network);
        using var client = await ConnectAsync(network, redis);

        for (var ping = 0; ping < 100 && network.Packets.Lost == 0; ping++)
            await PingAsync(client);

        Assert.True(network.Packets.Lost > 0, $"None of {network.Packets.Passed} packets were lost.");
    }

    [Fact]
    public async Task Hosts_are_gone_with_their_network_whatever_becomes_of_who_made_it()
    {
        var before = Interfaces();
        string run;
        await using (var network = await StartAsync(new LinkQuality(), "one", "two"))
        {
            run = network.Run;
            Assert.Equal(2, Namespaces(run));
            // Browsers that run beside it would notice.
            Assert.Equal(before, Interfaces());
            await Assert.ThrowsAsync<InvalidOperationException>(() => FailOnAsync(network));
        }

        Assert.Equal(0, Namespaces(run));
    }

    /// <summary>A host network, or a skip with the reason why there can be none here.</summary>
    private static async Task<HostNetwork> StartAsync(LinkQuality quality, params string[] names)
    {
        await HostsAllowed.SkipUnlessAsync();
        return await HostNetwork.StartAsync(names, quality);
    }

    private static Task<ServerProcess> RedisOnAsync(HostNetwork network) => ServerProcess.StartAsync(
        6379, [RedisProgram.Path!, "--port", "6379", "--bind", $"{network["redis"].Address}", "--protected-mode", "no", "--save", ""], new Dictionary<string, string>(), Cancellation, place: network["redis"].PlaceFor(network["users"]));

    private static async Task<NetworkStream> ConnectAsync(HostNetwork network, ServerProcess redis)
    {
        var socket = network["users"].NewSocket();
        await socket.ConnectAsync(network["redis"].Address, redis.Port, Cancellation);
        return new NetworkStream(socket, ownsSocket: true);
    }

    private static async Task PingAsync(NetworkStream client)
    {
        await client.WriteAsync("PING\r\n"u8.ToArray(), Cancellation);
        var answer = new byte[7];
        await client.ReadExactlyAsync(answer, Cancellation);
        Assert.Equal("+PONG\r\n"u8.ToArray(), answer);
    }

    private static async Task FailOnAsync(HostNetwork network)
    {
        await using var process = await KeptProcess.StartAsync([.. network["one"].PlaceFor(network["two"]).Prefix, "sleep", "60"], new Dictionary<string, string?>(), log: null, Cancellation);
        throw new InvalidOperationException("A test fails.");
    }

    private static string[] Interfaces() => [.. NetworkInterface.GetAllNetworkInterfaces().Select(card => card.Name).Order()];

    private static int Namespaces(string run) => Directory.Exists("/run/netns") ? Directory.GetFiles("/run/netns", $"{run}-*").Length : 0;
}
