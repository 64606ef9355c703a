namespace AspireChat.Tests.Gateway;

public sealed class RoundRobinTests
{
    [Fact]
    public async Task Thirty_connections_go_ten_to_each_of_three_instances_while_probes_and_api_calls_run()
    {
        await using var one = await StandInInstance.StartAsync("chat-1");
        await using var two = await StandInInstance.StartAsync("chat-2");
        await using var three = await StandInInstance.StartAsync("chat-3");
        await using var gateway = await GatewayUnderTest.StartAsync([one, two, three], ("Gateway:ProbeInterval", "00:00:00.1"));

        var served = new List<string>();
        for (var i = 0; i < 30; i++)
        {
            // One call between most connections, two between some: a turn shared with them would come out uneven.
            for (var call = 0; call <= i % 3; call++) await gateway.Http.GetStringAsync("/api/instance", TestContext.Current.CancellationToken);
            served.Add(await gateway.WhoServesAsync());
        }

        Assert.Equal(["chat-1 10", "chat-2 10", "chat-3 10"], Tally(served));
        Assert.All([one, two, three], instance => Assert.NotEmpty(instance.Requests));
        await Eventually.Is("every instance was probed while that ran", () => one.Probes > 0 && two.Probes > 0 && three.Probes > 0);
    }

    [Fact]
    public async Task Thirty_connections_at_once_go_ten_to_each_of_three_instances()
    {
        await using var one = await StandInInstance.StartAsync("chat-1");
        await using var two = await StandInInstance.StartAsync("chat-2");
        await using var three = await StandInInstance.StartAsync("chat-3");
        await using var gateway = await GatewayUnderTest.StartAsync(one, two, three);

        var served = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => gateway.WhoServesAsync()));

        Assert.Equal(["chat-1 10", "chat-2 10", "chat-3 10"], Tally(served));
    }

    [Fact]
    public async Task With_least_requests_a_new_connection_goes_to_the_instance_with_the_fewest_open()
    {
        await using var one = await StandInInstance.StartAsync("chat-1");
        await using var two = await StandInInstance.StartAsync("chat-2");
        await using var gateway = await GatewayUnderTest.StartAsync([one, two], ("Gateway:LoadBalancing", "LeastRequests"));
        var open = new List<(System.Net.WebSockets.ClientWebSocket Socket, string Instance)>();
        for (var i = 0; i < 6; i++) open.Add(await gateway.ConnectAsync());
        Assert.Equal(["chat-1 3", "chat-2 3"], Tally(open.Select(connection => connection.Instance)));

        foreach (var (socket, _) in open.Where(connection => connection.Instance == "chat-2")) socket.Abort();
        await Eventually.Is("the gateway noticed that chat-2 has none", () => gateway.Cluster.Destinations["chat-2"].ConcurrentRequestCount == 0);

        for (var i = 0; i < 3; i++) Assert.Equal("chat-2", (await gateway.ConnectAsync()).Instance);
    }

    [Fact]
    public async Task With_least_requests_an_instance_that_comes_back_empty_gets_new_connections_until_it_has_as_many_as_the_others()
    {
        await using var one = await StandInInstance.StartAsync("chat-1");
        await using var two = await StandInInstance.StartAsync("chat-2");
        await using var gateway = await GatewayUnderTest.StartAsync([one, two], ("Gateway:LoadBalancing", "LeastRequests"), ("Gateway:ProbeInterval", "00:00:00.1"));
        var open = new List<(System.Net.WebSockets.ClientWebSocket Socket, string Instance)>();
        for (var i = 0; i < 6; i++) open.Add(await gateway.ConnectAsync());

        await two.DieAsync();
        await Eventually.Is("chat-2 is out, its connections gone", () =>
            gateway.Cluster.Destinations["chat-2"] is { ConcurrentRequestCount: 0, Health.Active: Yarp.ReverseProxy.Model.DestinationHealth.Unhealthy });
        await using var again = await StandInInstance.StartAsync("chat-2", two.Port);
        await Eventually.Is("chat-2 is back", () => gateway.Cluster.DestinationsState.AvailableDestinations.Count == 2);

        for (var i = 0; i < 3; i++) Assert.Equal("chat-2", (await gateway.ConnectAsync()).Instance);
        var next = new[] { (await gateway.ConnectAsync()).Instance, (await gateway.ConnectAsync()).Instance };
        Assert.Equal(["chat-1", "chat-2"], next.Order());
    }

    private static IEnumerable<string> Tally(IEnumerable<string> served) =>
        served.CountBy(instance => instance).Select(count => $"{count.Key} {count.Value}").Order();
}
