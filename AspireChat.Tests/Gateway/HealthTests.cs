using System.Net;
using Yarp.ReverseProxy.Model;

namespace AspireChat.Tests.Gateway;

public sealed class HealthTests
{
    [Fact]
    public async Task The_gateway_is_healthy_with_an_instance_up_and_degraded_but_ready_with_none()
    {
        await using var one = await StandInInstance.StartAsync("chat-1");
        await using var two = await StandInInstance.StartAsync("chat-2");
        await using var gateway = await GatewayUnderTest.StartAsync([one, two], ("Gateway:ProbeInterval", "00:00:00.1"));

        one.Ready = false;
        await Eventually.Is("chat-1 is out", () => gateway.Cluster.Destinations["chat-1"].Health.Active == DestinationHealth.Unhealthy);
        Assert.Equal((HttpStatusCode.OK, "Healthy"), await GetAsync(gateway, "/health"));

        two.Ready = false;
        await Eventually.Is("chat-2 is out", () => gateway.Cluster.Destinations["chat-2"].Health.Active == DestinationHealth.Unhealthy);
        Assert.Equal((HttpStatusCode.OK, "Degraded"), await GetAsync(gateway, "/health"));
        Assert.Equal((HttpStatusCode.OK, "Healthy"), await GetAsync(gateway, "/alive"));
    }

    private static async Task<(HttpStatusCode, string)> GetAsync(GatewayUnderTest gateway, string path)
    {
        using var answer = await gateway.Http.GetAsync(path, TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
