using AspireChat.Tests.ChatServers;
using AspireChat.Tests.Gateway;

namespace AspireChat.Tests.Faults;

public sealed class IdleTests
{
    /// <summary>
    /// Fault 16, shortened: with pings and the gateway's patience at a tenth and less of their real length, more than twice that patience instead of ten
    /// minutes; the recorded run waits the ten minutes, with nothing changed.
    /// </summary>
    [Fact]
    public async Task Fault_16_an_idle_connection_stays_open_through_the_gateway()
    {
        await using var server = await TestChatServer.StartAsync(settings: FaultRun.IsRecorded ? [] : [("Chat:Connections:PingSeconds", "2")]);
        await using var gateway = await GatewayUnderTest.StartAsync(
            [("services:chat-1:http:0", server.Address.AbsoluteUri), .. FaultRun.IsRecorded ? [] : (IEnumerable<(string, string)>)[("Gateway:IdleTimeout", "00:00:05")]]);
        await using var idle = await TestClient.OpenAsync(gateway.Address);
        await idle.NextAsync("welcome");
        await idle.JoinAsync("quiet", "ada");

        idle.Patience = TimeSpan.FromMinutes(15);

        // Pings are answered on the way to the next frame, which does not come.
        var next = idle.NextFrameAsync();
        await Assert.ThrowsAsync<TimeoutException>(() => next.WaitAsync(FaultRun.IsRecorded ? TimeSpan.FromMinutes(10) : TimeSpan.FromSeconds(11), TestContext.Current.CancellationToken));

        await idle.SayAsync("quiet", "1", "still here");
        Assert.Contains("quiet", (await next)!.Text, StringComparison.Ordinal);
        FaultRun.Note(FaultRun.IsRecorded ? "idle for 10 min, and still connected" : "idle for 11 s of a patience of 5 s, and still connected");
    }
}
