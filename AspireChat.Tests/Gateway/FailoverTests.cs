using System.Net;
using Yarp.ReverseProxy.Model;

namespace AspireChat.Tests.Gateway;

/// <summary>No probe runs in these tests but where one is wanted, so that the requests have to find out for themselves.</summary>
public sealed class FailoverTests
{
    private static readonly (string, string?) NoProbes = ("Gateway:ProbeInterval", "00:10:00");

    [Fact]
    public async Task An_upgrade_that_hits_a_dead_instance_goes_to_the_next()
    {
        await using var one = await StandInInstance.StartAsync("chat-1");
        await using var two = await StandInInstance.StartAsync("chat-2");
        await using var gateway = await GatewayUnderTest.StartAsync([one, two], NoProbes);
        await one.DieAsync();

        for (var i = 0; i < 4; i++) Assert.Equal("chat-2", await gateway.WhoServesAsync());
    }

    [Fact]
    public async Task The_first_request_that_finds_an_instance_dead_takes_it_out()
    {
        await using var one = await StandInInstance.StartAsync("chat-1");
        await using var two = await StandInInstance.StartAsync("chat-2");
        await using var gateway = await GatewayUnderTest.StartAsync([one, two], NoProbes);
        await one.DieAsync();

        await gateway.WhoServesAsync();
        await gateway.WhoServesAsync();

        Assert.Equal(DestinationHealth.Unhealthy, gateway.Cluster.Destinations["chat-1"].Health.Passive);
        Assert.Equal(["chat-2"], gateway.Cluster.DestinationsState.AvailableDestinations.Select(destination => destination.DestinationId));
    }

    [Fact]
    public async Task A_draining_instance_is_asked_once_and_then_no_more()
    {
        await using var one = await StandInInstance.StartAsync("chat-1");
        await using var two = await StandInInstance.StartAsync("chat-2");
        await using var gateway = await GatewayUnderTest.StartAsync([one, two], NoProbes);
        one.Draining = true;

        for (var i = 0; i < 6; i++) Assert.Equal("chat-2", await gateway.WhoServesAsync());

        Assert.Equal(1, one.Upgrades);
    }

    [Fact]
    public async Task An_instance_that_does_not_answer_in_time_loses_the_upgrade_to_the_next()
    {
        await using var one = await StandInInstance.StartAsync("chat-1");
        await using var two = await StandInInstance.StartAsync("chat-2");
        await using var gateway = await GatewayUnderTest.StartAsync([one, two], NoProbes, ("Gateway:AnswerTimeout", "00:00:01"));
        one.Silent = true;

        for (var i = 0; i < 2; i++) Assert.Equal("chat-2", await gateway.WhoServesAsync());

        Assert.NotEqual(0, one.Upgrades);
        Assert.NotEqual(DestinationHealth.Unhealthy, gateway.Cluster.Destinations["chat-1"].Health.Passive);
    }

    [Fact]
    public async Task The_time_to_answer_does_not_limit_the_life_of_a_connection()
    {
        await using var one = await StandInInstance.StartAsync("chat-1");
        await using var gateway = await GatewayUnderTest.StartAsync([one], NoProbes, ("Gateway:AnswerTimeout", "00:00:00.5"));
        var (socket, _) = await gateway.ConnectAsync();

        await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);

        Assert.Equal("still here", await GatewayUnderTest.EchoAsync(socket, "still here"));
        socket.Dispose();
    }

    [Fact]
    public async Task With_every_instance_gone_the_answer_says_so_and_when_to_try_again()
    {
        await using var one = await StandInInstance.StartAsync("chat-1");
        await using var two = await StandInInstance.StartAsync("chat-2");
        await using var gateway = await GatewayUnderTest.StartAsync([one, two], NoProbes);
        await one.DieAsync();
        two.Draining = true;

        var answer = await gateway.Http.GetAsync("/api/instance", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), answer.Headers.RetryAfter?.Delta);
        Assert.Equal("No chat server takes this request at the moment; try again in a second.",
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_request_with_a_body_is_never_sent_twice()
    {
        await using var one = await StandInInstance.StartAsync("chat-1");
        await using var two = await StandInInstance.StartAsync("chat-2");
        await using var gateway = await GatewayUnderTest.StartAsync([one, two], NoProbes);
        one.Draining = true;
        two.Draining = true;

        var answer = await gateway.Http.PostAsync("/api/rooms/a/messages", new StringContent("{}"), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal("draining", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Single(gateway.Cluster.Destinations.Values, destination => destination.Health.Passive == DestinationHealth.Unhealthy);
    }

    [Fact]
    public async Task An_instance_that_is_unready_gets_no_connection_until_it_is_ready_again()
    {
        await using var one = await StandInInstance.StartAsync("chat-1");
        await using var two = await StandInInstance.StartAsync("chat-2");
        await using var gateway = await GatewayUnderTest.StartAsync([one, two], ("Gateway:ProbeInterval", "00:00:00.1"));

        one.Ready = false;
        await Eventually.Is("the probes took chat-1 out", () => gateway.Cluster.DestinationsState.AvailableDestinations.Count == 1);
        for (var i = 0; i < 4; i++) Assert.Equal("chat-2", await gateway.WhoServesAsync());

        one.Ready = true;
        await Eventually.Is("the probes took chat-1 back", async () => await gateway.WhoServesAsync() == "chat-1");
    }

    [Fact]
    public async Task An_instance_that_died_is_used_again_when_it_is_back()
    {
        await using var one = await StandInInstance.StartAsync("chat-1");
        await using var two = await StandInInstance.StartAsync("chat-2");
        await using var gateway = await GatewayUnderTest.StartAsync([one, two], ("Gateway:ProbeInterval", "00:00:00.1"));
        await one.DieAsync();
        for (var i = 0; i < 4; i++) Assert.Equal("chat-2", await gateway.WhoServesAsync());

        await using var again = await StandInInstance.StartAsync("chat-1", one.Port);

        await Eventually.Is("chat-1 serves again", async () => await gateway.WhoServesAsync() == "chat-1");
    }

    [Fact]
    public async Task With_every_instance_unready_connections_are_routed_all_the_same()
    {
        await using var one = await StandInInstance.StartAsync("chat-1");
        await using var two = await StandInInstance.StartAsync("chat-2");
        await using var gateway = await GatewayUnderTest.StartAsync([one, two], ("Gateway:ProbeInterval", "00:00:00.1"));
        one.Ready = two.Ready = false;
        await Eventually.Is("both are known to be unready", () =>
            gateway.Cluster.Destinations.Values.All(destination => destination.Health.Active == DestinationHealth.Unhealthy));

        string[] served = [await gateway.WhoServesAsync(), await gateway.WhoServesAsync()];

        Assert.Equal(["chat-1", "chat-2"], served.Order());
    }

    [Fact]
    public async Task A_client_that_gives_up_is_not_forwarded_to_the_next_instance()
    {
        await using var one = await StandInInstance.StartAsync("chat-1");
        await using var two = await StandInInstance.StartAsync("chat-2");
        await using var gateway = await GatewayUnderTest.StartAsync([one, two], NoProbes);
        one.Silent = two.Silent = true;

        using (var givingUp = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken))
        {
            var asking = gateway.Http.GetAsync("/ws", givingUp.Token);
            await Eventually.Is("the request reached an instance", () => one.Upgrades + two.Upgrades == 1);
            await givingUp.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        }

        await Eventually.Is("the gateway dropped the request", () => gateway.Cluster.Destinations.Values.All(destination => destination.ConcurrentRequestCount == 0));
        Assert.Equal(1, one.Upgrades + two.Upgrades);
    }
}
