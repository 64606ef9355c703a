using System.Net;
using Microsoft.Extensions.Options;

namespace AspireChat.Tests.Gateway.Discovery;

/// <summary>The gateway asks a name server where its instances are, again and again.</summary>
public sealed class DnsDiscoveryTests : IAsyncDisposable
{
    private const string Service = "_http._tcp.chat.test";
    private readonly TestNameServer _dns = new();

    [Fact]
    public async Task Every_SRV_record_is_an_instance_called_by_its_host()
    {
        _dns.Host("chat-0.chat.test", "127.0.0.1");
        _dns.Host("chat-1.chat.test", "::1");
        _dns.Host("elsewhere.test", "127.0.0.9", "127.0.0.8");
        _dns.Service(Service, ("elsewhere.test", 5002), ("chat-1.chat.test", 5001), ("gone.chat.test", 5003), ("chat-0.chat.test", 5001), ("elsewhere.test", 5001));

        await using var gateway = await StartAsync();

        Assert.Equal(
            [
                "chat-0 http://127.0.0.1:5001/ chat-0.chat.test",
                "chat-1 http://[::1]:5001/ chat-1.chat.test",
                "elsewhere.test:5001 http://127.0.0.8:5001/ elsewhere.test",
                "elsewhere.test:5002 http://127.0.0.8:5002/ elsewhere.test",
            ],
            Destinations(gateway));
    }

    [Fact]
    public async Task Every_address_of_a_name_is_an_instance_on_the_same_port_and_spoken_to_by_that_name()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere 127.0.0.2 has to be set up first.");
        await using var one = await StandInInstance.StartAsync("one");
        await using var two = await StandInInstance.StartAsync("two", one.Port, "127.0.0.2");
        _dns.Host("chat.test", "127.0.0.2", "127.0.0.1", "::1");

        await using var gateway = await StartAsync(
            ("Gateway:Discovery:Source", "Dns"), ("Gateway:Discovery:Name", "chat.test."), ("Gateway:Discovery:Port", $"{one.Port}"));

        Assert.Equal([$"127.0.0.1 {one.Address}/ chat.test", $"127.0.0.2 {two.Address}/ chat.test"], Destinations(gateway));
        Assert.Equal(["one", "two"], ((string[])[await gateway.WhoServesAsync(), await gateway.WhoServesAsync()]).Order());
        Assert.Equal("chat.test", Assert.Single(one.UpgradeHeaders).Host);
        Assert.Equal(new Uri(gateway.Address.AbsoluteUri).Authority, Assert.Single(two.UpgradeHeaders)["X-Forwarded-Host"]);
    }

    [Fact]
    public async Task A_name_with_addresses_of_IPv6_alone_has_instances_too()
    {
        _dns.Host("chat.test", "::1", "fd00::7");

        await using var gateway = await StartAsync(("Gateway:Discovery:Source", "Dns"), ("Gateway:Discovery:Name", "chat.test"));

        Assert.Equal(["::1 http://[::1]:8080/ chat.test", "fd00::7 http://[fd00::7]:8080/ chat.test"], Destinations(gateway));
    }

    [Fact]
    public async Task An_instance_that_appears_gets_connections_once_a_probe_found_it_ready_and_not_before()
    {
        await using var one = await StandInInstance.StartAsync("chat-1");
        await using var two = await StandInInstance.StartAsync("chat-2");
        two.Ready = false;
        Tell(one);
        await using var gateway = await StartAsync();
        await Eventually.Is("chat-1 is known to be ready", () => gateway.Cluster.Destinations["chat-1"].Health.Active is Yarp.ReverseProxy.Model.DestinationHealth.Healthy);

        Tell(one, two);
        await Eventually.Is("chat-2 is known", () => Destinations(gateway).Count() == 2);
        while (two.Probes < 5) Assert.Equal("chat-1", await gateway.WhoServesAsync());
        two.Ready = true;

        await Eventually.Is("chat-2 serves", async () => await gateway.WhoServesAsync() == "chat-2");
    }

    [Fact]
    public async Task An_instance_that_vanishes_gets_no_new_connections_and_its_present_ones_go_on()
    {
        await using var one = await StandInInstance.StartAsync("chat-1");
        await using var two = await StandInInstance.StartAsync("chat-2");
        Tell(one, two);
        await using var gateway = await StartAsync();
        var first = await gateway.ConnectAsync();
        var second = await gateway.ConnectAsync();
        using var open = first.Instance == "chat-1" ? first.Socket : second.Socket;

        Tell(two);
        await Eventually.Is("chat-1 is gone", () => Destinations(gateway).Count() == 1);

        for (var i = 0; i < 3; i++) Assert.Equal("chat-2", await gateway.WhoServesAsync());
        Assert.Equal("still here", await GatewayUnderTest.EchoAsync(open, "still here"));
    }

    [Theory]
    [InlineData("silent")]
    [InlineData("failing")]
    [InlineData("empty")]
    public async Task While_DNS_does_not_tell_the_last_known_instances_stay_and_health_says_so(string trouble)
    {
        await using var one = await StandInInstance.StartAsync("chat-1");
        await using var two = await StandInInstance.StartAsync("chat-2");
        Tell(one);
        await using var gateway = await StartAsync();
        await Eventually.Is("all is well", async () => await HealthAsync(gateway) == "Healthy");

        _dns.Silent = trouble == "silent";
        _dns.Failing = trouble == "failing";
        if (trouble == "empty") _dns.Forget(Service);
        await Eventually.Is("health says so", async () => await HealthAsync(gateway) == "Degraded");
        Assert.Equal("chat-1", await gateway.WhoServesAsync());

        Tell(one, two);
        (_dns.Silent, _dns.Failing) = (false, false);
        await Eventually.Is("all is well again", async () => await HealthAsync(gateway) == "Healthy");
        await Eventually.Is("chat-2 serves", async () => await gateway.WhoServesAsync() == "chat-2");
    }

    [Fact]
    public async Task Without_an_answer_the_gateway_starts_unready_and_serves_once_there_is_one()
    {
        await using var one = await StandInInstance.StartAsync("chat-1");
        _dns.Failing = true;
        await using var gateway = await StartAsync();

        using (var answer = await gateway.Http.GetAsync("/api/instance", TestContext.Current.CancellationToken))
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal("Unhealthy", await HealthAsync(gateway));

        Tell(one);
        _dns.Failing = false;
        await Eventually.Is("it is ready", async () => await HealthAsync(gateway) == "Healthy");
        Assert.Equal("chat-1", await gateway.WhoServesAsync());
    }

    [Fact]
    public async Task Addresses_that_are_not_sent_along_are_asked_for()
    {
        await using var one = await StandInInstance.StartAsync("chat-1");
        _dns.SendsAddressesAlong = false;
        Tell(one);

        await using var gateway = await StartAsync();

        Assert.Equal("chat-1", await gateway.WhoServesAsync());
    }

    [Fact]
    public async Task An_answer_is_not_asked_for_again_while_it_stays_true()
    {
        await using var one = await StandInInstance.StartAsync("chat-1");
        _dns.Ttl = 30;
        Tell(one);
        await using var gateway = await StartAsync();

        // Ten times as long as it would ask again by itself.
        await Eventually.Is("10 probes have passed", () => one.Probes >= 10);

        Assert.Equal(1, _dns.Questions);
    }

    [Theory]
    [InlineData("Gateway:Discovery:Source", "7", "Gateway:Discovery:Source is not a known source; set it to Configuration, Dns or DnsSrv.")]
    [InlineData("Gateway:Discovery:Name", null, "Gateway:Discovery:Name is '', which is no name that DNS can be asked for; write it like _http._tcp.chat.default.svc.cluster.local.")]
    [InlineData("Gateway:Discovery:Name", "http://chat", "Gateway:Discovery:Name is 'http://chat', which is no name that DNS can be asked for; write it like _http._tcp.chat.default.svc.cluster.local.")]
    [InlineData("Gateway:Discovery:NameServer", "kube-dns", "Gateway:Discovery:NameServer is 'kube-dns', which is not an address; write it like 10.96.0.10 or 10.96.0.10:53.")]
    [InlineData("Gateway:Discovery:Port", "65536", "Gateway:Discovery:Port must be between 1 and 65535.")]
    [InlineData("Gateway:Discovery:Scheme", "ws", "Gateway:Discovery:Scheme must be http or https.")]
    [InlineData("Gateway:Discovery:Refresh", "00:00:00", "Gateway:Discovery:Refresh must be between 00:00:00.1 and 00:10:00.")]
    [InlineData("Gateway:Discovery:Timeout", "00:01:00", "Gateway:Discovery:Timeout must be between 00:00:00.1 and 00:00:30.")]
    public async Task A_setting_that_makes_no_sense_stops_the_start_with_what_is_wrong_with_it(string key, string? value, string expected)
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync((key, value)));

        Assert.Contains(expected, error.Message);
    }

    public ValueTask DisposeAsync() => _dns.DisposeAsync();

    private void Tell(params StandInInstance[] instances)
    {
        foreach (var instance in instances) _dns.Host($"{instance.Name}.chat.test", "127.0.0.1");
        _dns.Service(Service, [.. instances.Select(instance => ($"{instance.Name}.chat.test", instance.Port))]);
    }

    private Task<GatewayUnderTest> StartAsync(params (string Key, string? Value)[] settings)
    {
        Dictionary<string, string?> all = new()
        {
            ["Gateway:Discovery:Source"] = "DnsSrv",
            ["Gateway:Discovery:Name"] = Service,
            ["Gateway:Discovery:NameServer"] = _dns.Address,
            ["Gateway:Discovery:Refresh"] = "00:00:00.1",
            ["Gateway:Discovery:Timeout"] = "00:00:01",
            ["Gateway:ProbeInterval"] = "00:00:00.1",
        };
        foreach (var (key, value) in settings) all[key] = value;
        return GatewayUnderTest.StartAsync([.. all.Select(setting => (setting.Key, setting.Value))]);
    }

    private static async Task<string> HealthAsync(GatewayUnderTest gateway)
    {
        using var answer = await gateway.Http.GetAsync("/health", TestContext.Current.CancellationToken);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private static IEnumerable<string> Destinations(GatewayUnderTest gateway) => gateway.Cluster.Destinations.Values
        .Select(destination => $"{destination.DestinationId} {destination.Model.Config.Address} {destination.Model.Config.Host}").Order(StringComparer.Ordinal);
}
