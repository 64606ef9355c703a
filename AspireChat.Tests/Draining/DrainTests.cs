using System.Diagnostics;
using System.Net;
using AspireChat.ChatServer.Draining;
using AspireChat.ChatServer.Instances;
using AspireChat.Tests.ChatServers;
using Microsoft.Extensions.DependencyInjection;

namespace AspireChat.Tests.Draining;

public class DrainTests : TransportTest
{
    [Fact]
    public async Task A_drain_is_unready_at_once_accepts_a_while_refuses_then_and_tells_everybody_before_it_closes()
    {
        await using var server = await StartAsync();
        var early = new List<TestClient>();
        for (var i = 0; i < 5; i++)
            early.Add(await server.ConnectAsync());

        var drain = server.Services.GetRequiredService<IDrain>().StartAsync(TimeSpan.FromSeconds(8), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await HealthAsync(server));
        Assert.True(server.Services.GetRequiredService<IInstanceLoad>().Draining);
        var late = await server.ConnectAsync();
        Assert.False(drain.IsCompleted);

        Handshake? refusal = null;
        await Eventually.Is("upgrades are refused", async () =>
        {
            (refusal, var client) = await TestClient.TryOpenAsync(server.Address, []);
            if (client is not null)
                await client.DisposeAsync();
            return client is null;
        });
        Assert.Equal(503, refusal!.Status);
        Assert.Equal("true", refusal.Headers["X-Draining"]);

        foreach (var client in (List<TestClient>)[.. early, late])
        {
            var reconnect = await client.NextAsync("reconnect");
            Assert.Equal("draining", reconnect.GetProperty("reason").GetString());
            Assert.InRange(reconnect.GetProperty("afterMs").GetInt32(), 250, 2_000);
            Assert.Equal(1001, await client.ReadCloseAsync());
            await client.DisposeAsync();
        }

        await drain;
        Assert.Equal(0, server.Connections.Count);
    }

    [Fact]
    public async Task A_stop_hastens_the_drain_that_is_under_way()
    {
        await using var server = await StartAsync();
        await using var client = await server.ConnectAsync();
        var drain = server.Services.GetRequiredService<IDrain>().StartAsync(TimeSpan.FromHours(1), TestContext.Current.CancellationToken);

        var stopping = server.StopAsync();

        Assert.Equal(1001, await client.ReadCloseAsync());
        await Task.WhenAll(drain, stopping);
    }

    [Fact]
    public async Task Where_there_is_no_time_everybody_is_closed_at_once_and_in_good_order()
    {
        await using var server = await StartAsync(settings: ("Chat:Drain:Seconds", "2"));
        await using var client = await server.ConnectAsync();

        var began = Stopwatch.GetTimestamp();
        var stopping = server.StopAsync();

        Assert.Equal(1001, (await client.NextFrameAsync())!.CloseCode);
        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(1) * 4);
        await client.DisposeAsync();
        await stopping;
    }

    private static async Task<HttpStatusCode> HealthAsync(TestChatServer server)
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        using var answer = await http.GetAsync("/health", TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
