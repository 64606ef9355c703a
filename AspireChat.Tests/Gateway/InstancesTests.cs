using AspireChat.Gateway.Instances;
using Microsoft.Extensions.Options;

namespace AspireChat.Tests.Gateway;

public sealed class InstancesTests
{
    [Fact]
    public async Task Any_number_of_services_and_addresses_with_the_name_are_instances_and_others_are_not()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(
        [
            ("services:chat-1:http:0", "http://127.0.0.1:1"),
            ("services:chat-blue:https:0", "https://127.0.0.1:2"),
            ("services:chat:http:0", "http://127.0.0.1:3"),
            ("services:chat:http:1", "http://127.0.0.1:4"),
            ("services:chat:https:0", "https://127.0.0.1:5"),
            ("services:chatter:http:0", "http://127.0.0.1:6"),
            ("services:redis:tcp:0", "tcp://127.0.0.1:7"),
        ]);

        Assert.Equal(
            ["chat-1 http://127.0.0.1:1/", "chat-blue https://127.0.0.1:2/", "chat/0 http://127.0.0.1:3/", "chat/1 http://127.0.0.1:4/"],
            Destinations(gateway));
    }

    [Fact]
    public async Task Without_an_instance_the_gateway_does_not_start_and_says_what_to_set()
    {
        var error = await Assert.ThrowsAsync<InstancesException>(() => GatewayUnderTest.StartAsync([("services:redis:tcp:0", "tcp://127.0.0.1:7")]));

        Assert.Equal(
            "No instance of 'chat' is configured, so there is nothing to route to; set 'services__chat-1__http__0' "
            + "(and 'services__chat-2__http__0', …) to the addresses of the chat servers, such as http://localhost:5001.",
            error.Message);
    }

    [Theory]
    [InlineData("localhost:5001")]
    [InlineData("5001")]
    [InlineData("")]
    [InlineData("/chat")]
    [InlineData("tcp://localhost:5001")]
    public async Task An_address_that_is_none_is_refused_by_its_setting(string address)
    {
        var error = await Assert.ThrowsAsync<InstancesException>(() => GatewayUnderTest.StartAsync([("services:chat-1:http:0", address)]));

        Assert.Equal(
            $"'services:chat-1:http:0' is '{address}', which is not an absolute http or https address; write it like http://localhost:5001.",
            error.Message);
    }

    [Theory]
    [InlineData("Gateway:ProbeFailures", "0", "Gateway:ProbeFailures must be between 1 and 100.")]
    [InlineData("Gateway:IdleTimeout", "00:00:00", "Gateway:IdleTimeout must be between 00:00:01 and 1.00:00:00.")]
    [InlineData("Gateway:LoadBalancing", "7", "Gateway:LoadBalancing is not a known way; set it to RoundRobin or LeastRequests.")]
    public async Task A_setting_out_of_range_stops_the_start_with_its_name_and_its_range(string key, string value, string expected)
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(
            () => GatewayUnderTest.StartAsync([("services:chat-1:http:0", "http://127.0.0.1:1"), (key, value)]));

        Assert.Contains(expected, error.Message);
    }

    [Fact]
    public async Task An_instance_added_to_the_configuration_gets_connections_and_open_ones_stay()
    {
        await using var one = await StandInInstance.StartAsync("chat-1");
        await using var two = await StandInInstance.StartAsync("chat-2");
        await using var gateway = await GatewayUnderTest.StartAsync(one);
        var (open, _) = await gateway.ConnectAsync();

        gateway.Change(("services:chat-1:http:0", one.Address), ("services:chat-2:http:0", two.Address));

        await Eventually.Is("chat-2 serves", async () => await gateway.WhoServesAsync() == "chat-2");
        Assert.Equal("still here", await GatewayUnderTest.EchoAsync(open, "still here"));
        open.Dispose();
    }

    [Fact]
    public async Task An_instance_removed_from_the_configuration_gets_no_more_connections()
    {
        await using var one = await StandInInstance.StartAsync("chat-1");
        await using var two = await StandInInstance.StartAsync("chat-2");
        await using var gateway = await GatewayUnderTest.StartAsync(one, two);

        gateway.Change(("services:chat-2:http:0", two.Address));

        await Eventually.Is("chat-1 is gone", () => Destinations(gateway).Count() == 1);
        for (var i = 0; i < 3; i++) Assert.Equal("chat-2", await gateway.WhoServesAsync());
    }

    [Fact]
    public async Task A_change_that_makes_no_sense_is_not_used_and_the_next_good_one_is()
    {
        await using var one = await StandInInstance.StartAsync("chat-1");
        await using var two = await StandInInstance.StartAsync("chat-2");
        await using var gateway = await GatewayUnderTest.StartAsync(one);

        gateway.Change();
        Assert.Equal("chat-1", await gateway.WhoServesAsync());
        gateway.Change(("services:chat-2:http:0", "nonsense"));
        Assert.Equal("chat-1", await gateway.WhoServesAsync());
        gateway.Change(("services:chat-2:http:0", two.Address));

        await Eventually.Is("chat-2 serves", async () => await gateway.WhoServesAsync() == "chat-2");
    }

    private static IEnumerable<string> Destinations(GatewayUnderTest gateway) =>
        gateway.Cluster.Destinations.Values.Select(destination => $"{destination.DestinationId} {destination.Model.Config.Address}").Order(StringComparer.Ordinal);
}
