using AspireChat.LoadTest.Auditing;
using AspireChat.Tests.Auditing;
using AspireChat.Tests.Backplane;
using AspireChat.Tests.ChatServers;

namespace AspireChat.Tests.Gateway.Discovery;

/// <summary>Real chat servers that come and go as DNS says, under clients that send all the time through the gateway.</summary>
public sealed class DnsUpgradeTests(SharedGarnet garnet) : IClassFixture<SharedGarnet>
{
    private const string Service = "_http._tcp.chat.localhost";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_instance_is_replaced_by_another_of_a_new_name_and_nothing_is_lost_nor_while_DNS_is_down()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no terminate signal.");
        await using var dns = new TestNameServer();
        var all = await Task.WhenAll(((string[])["old-1", "old-2", "new-1", "new-2"]).Select(StartInstanceAsync));
        await using InstanceProcess old1 = all[0], old2 = all[1], new1 = all[2], new2 = all[3];
        Tell(dns, old1, old2);
        await using var gateway = await GatewayUnderTest.StartAsync(
        [
            ("Gateway:Discovery:Source", "DnsSrv"),
            ("Gateway:Discovery:Name", Service),
            ("Gateway:Discovery:NameServer", dns.Address),
            ("Gateway:Discovery:Refresh", "00:00:00.5"),
        ]);
        await using var audit = await Audit.StartAsync(new AuditOptions { Targets = [gateway.Address], Clients = 8, SendsPerSecond = 60, SettleTimeout = TimeSpan.FromSeconds(60), AckLimit = TimeSpan.FromSeconds(40) }, Cancellation);
        Assert.Equal((4, 4), (On(audit, "old-1"), On(audit, "old-2")));

        // One that is added is used, here by the clients of one that is taken out of DNS and then ends.
        Tell(dns, old1, old2, new1);
        await UntilKnownAsync(gateway, "new-1", "old-1", "old-2");
        Tell(dns, old2, new1);
        await UntilKnownAsync(gateway, "new-1", "old-2");
        await SendMoreAsync(audit, 30);
        Assert.Equal((4, 4), (On(audit, "old-1"), On(audit, "old-2")));
        await old1.TerminateAsync();
        await Eventually.Is("all have joined elsewhere", () => audit.IsJoined && On(audit, "old-1") == 0);
        Assert.True(On(audit, "new-1") > 0, "Nobody went to new-1.");

        dns.Silent = true;
        await Eventually.Is("the gateway says that DNS is down", async () => await gateway.Http.GetStringAsync("/health", Cancellation) == "Degraded");
        await SendMoreAsync(audit, 30);
        dns.Silent = false;

        Tell(dns, new1, new2);
        await UntilKnownAsync(gateway, "new-1", "new-2");
        await old2.TerminateAsync();
        await Eventually.Is("all have joined elsewhere", () => audit.IsJoined && On(audit, "old-2") == 0);
        await SendMoreAsync(audit, 30);

        Assert.Equal(8, On(audit, "new-1") + On(audit, "new-2"));
        Assert.Equal(0, audit.Breaks);
        var verdict = await audit.FinishAsync(Cancellation);
        verdict.AssertClean();
        Assert.Equal(verdict.Sends, verdict.Acknowledged);
        Assert.All(verdict.Closes, close => Assert.Equal("1001", close.Key));
    }

    private async Task<InstanceProcess> StartInstanceAsync(string name) => await InstanceProcess.StartAsync(
        name, await garnet.ConnectionStringAsync(), ("Chat__Drain__Seconds", "4"), ("Chat__Limits__SendsPerSecond", "0"));

    private static void Tell(TestNameServer dns, params InstanceProcess[] instances)
    {
        foreach (var instance in instances) dns.Host($"{instance.Name}.chat.localhost", "127.0.0.1");
        dns.Service(Service, [.. instances.Select(instance => ($"{instance.Name}.chat.localhost", instance.Address.Port))]);
    }

    private static Task UntilKnownAsync(GatewayUnderTest gateway, params string[] names) => Eventually.Is($"the gateway routes to {string.Join(", ", names)}", () =>
        gateway.Cluster.DestinationsState.AvailableDestinations.Select(destination => destination.DestinationId).Order(StringComparer.Ordinal).SequenceEqual(names));

    private static int On(Audit audit, string instance) => audit.Clients.Count(client => client.Instance == instance);

    private static async Task SendMoreAsync(Audit audit, int count)
    {
        var sends = audit.Sends + count;
        await Eventually.Is($"{count} more sends were made", () => audit.Sends >= sends);
    }
}
