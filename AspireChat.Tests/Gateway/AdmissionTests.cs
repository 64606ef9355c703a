using System.Net;
using System.Net.WebSockets;

namespace AspireChat.Tests.Gateway;

public sealed class AdmissionTests
{
    private static readonly (string, string?) NoProbes = ("Gateway:ProbeInterval", "00:10:00");
    private static readonly (string, string?) Patient = ("Gateway:AnswerTimeout", "00:01:00");
    private static readonly (string, string?) NeverSlow = ("Gateway:SlowOpening", "00:10:00");

    [Fact]
    public async Task Of_a_crowd_only_so_many_are_opened_at_once_and_whoever_gives_up_makes_room_for_the_next()
    {
        await using var one = await StandInInstance.StartAsync("chat-1");
        await using var gateway = await GatewayUnderTest.StartAsync([one], NoProbes, Patient, NeverSlow, ("Gateway:MaxOpenings", "2"), ("Gateway:OpeningTimeout", "00:01:00"));
        one.Silent = true;
        using var first = new CancellationTokenSource();
        var crowd = Open(gateway, 2, first.Token);
        await Eventually.Is("two reached the instance", () => one.Upgrades == 2);

        using var others = new CancellationTokenSource();
        crowd.AddRange(Open(gateway, 4, others.Token));
        await Eventually.Is("four wait for their turn", () => gateway.Gauge("chat.gateway.openings.waiting") == 4);
        Assert.Equal(2, one.Upgrades);

        await first.CancelAsync();
        await Eventually.Is("two of those who waited had their turn", () => one.Upgrades == 4);
        await others.CancelAsync();
        foreach (var opening in crowd)
            await Assert.ThrowsAnyAsync<Exception>(() => opening);
    }

    [Fact]
    public async Task Whose_turn_does_not_come_in_time_is_told_so_and_when_to_try_again()
    {
        await using var one = await StandInInstance.StartAsync("chat-1");
        await using var gateway = await GatewayUnderTest.StartAsync([one], NoProbes, Patient, NeverSlow, ("Gateway:MaxOpenings", "1"), ("Gateway:OpeningTimeout", "00:00:00.2"));
        one.Silent = true;
        using var first = new CancellationTokenSource();
        var holding = Open(gateway, 1, first.Token);
        await Eventually.Is("it reached the instance", () => one.Upgrades == 1);

        using var request = new HttpRequestMessage(HttpMethod.Get, "/ws")
        {
            Headers = { { "Connection", "Upgrade" }, { "Upgrade", "websocket" }, { "Sec-WebSocket-Version", "13" }, { "Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==" } },
        };
        using var answer = await gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), answer.Headers.RetryAfter?.Delta);
        Assert.Equal("More clients connect than this gateway can take at once; try again in a second.", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        await first.CancelAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => holding[0]);
    }

    [Fact]
    public async Task An_upgrade_that_is_not_answered_keeps_nobody_else_waiting()
    {
        await using var one = await StandInInstance.StartAsync("chat-1");
        await using var gateway = await GatewayUnderTest.StartAsync([one], NoProbes, Patient, ("Gateway:MaxOpenings", "1"), ("Gateway:SlowOpening", "00:00:00.2"), ("Gateway:OpeningTimeout", "00:01:00"));
        one.Silent = true;
        using var over = new CancellationTokenSource();
        var unanswered = Open(gateway, 1, over.Token);
        await Eventually.Is("it reached the instance", () => one.Upgrades == 1);
        one.Silent = false;

        Assert.Equal("chat-1", await gateway.WhoServesAsync());

        Assert.False(unanswered[0].IsCompleted);
        await over.CancelAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => unanswered[0]);
    }

    [Fact]
    public async Task An_open_connection_takes_no_place()
    {
        await using var one = await StandInInstance.StartAsync("chat-1");
        await using var gateway = await GatewayUnderTest.StartAsync([one], NoProbes, NeverSlow, ("Gateway:MaxOpenings", "1"));

        var sockets = new List<ClientWebSocket>();
        for (var i = 0; i < 3; i++)
            sockets.Add((await gateway.ConnectAsync()).Socket);

        foreach (var socket in sockets)
            Assert.Equal("still here", await GatewayUnderTest.EchoAsync(socket, "still here"));
        sockets.ForEach(socket => socket.Dispose());
    }

    [Fact]
    public async Task What_opens_no_connection_does_not_wait_for_those_that_do()
    {
        await using var one = await StandInInstance.StartAsync("chat-1");
        await using var gateway = await GatewayUnderTest.StartAsync([one], NoProbes, Patient, NeverSlow, ("Gateway:MaxOpenings", "1"), ("Gateway:OpeningTimeout", "00:01:00"));
        one.Silent = true;
        using var over = new CancellationTokenSource();
        var opening = Open(gateway, 1, over.Token);
        await Eventually.Is("it reached the instance", () => one.Upgrades == 1);
        one.Silent = false;

        Assert.Equal("chat-1", await gateway.Http.GetStringAsync("/api/instance", TestContext.Current.CancellationToken));

        await over.CancelAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => opening[0]);
    }

    private static List<Task<(ClientWebSocket Socket, string Instance)>> Open(GatewayUnderTest gateway, int count, CancellationToken cancellationToken) =>
        [.. Enumerable.Range(0, count).Select(_ => gateway.ConnectUnlessAsync(null, cancellationToken))];
}
