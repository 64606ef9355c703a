using System.Diagnostics;
using System.Net;
using System.Net.WebSockets;

namespace AspireChat.Tests.Gateway;

public sealed class ForwardingTests
{
    [Fact]
    public async Task What_a_client_claims_about_where_it_comes_from_is_overwritten()
    {
        await using var one = await StandInInstance.StartAsync("chat-1");
        await using var gateway = await GatewayUnderTest.StartAsync(one);

        var (socket, _) = await gateway.ConnectAsync(options =>
        {
            options.SetRequestHeader("X-Forwarded-For", "203.0.113.7");
            options.SetRequestHeader("X-Forwarded-Host", "evil.example");
            options.SetRequestHeader("X-Forwarded-Proto", "https");
            options.SetRequestHeader("X-Forwarded-Prefix", "/evil");
            options.SetRequestHeader("Forwarded", "for=203.0.113.7");
            options.SetRequestHeader("X-Real-IP", "203.0.113.7");
        });
        socket.Dispose();

        Assert.True(one.UpgradeHeaders.TryDequeue(out var headers));
        Assert.Equal("127.0.0.1", headers["X-Forwarded-For"]);
        Assert.Equal(gateway.Address.Authority, headers["X-Forwarded-Host"]);
        Assert.Equal("http", headers["X-Forwarded-Proto"]);
        Assert.False(headers.ContainsKey("X-Forwarded-Prefix"));
        Assert.False(headers.ContainsKey("Forwarded"));
        Assert.False(headers.ContainsKey("X-Real-IP"));
    }

    [Fact]
    public async Task Origin_sub_protocols_and_bearer_reach_the_instance_as_they_are()
    {
        await using var one = await StandInInstance.StartAsync("chat-1");
        await using var gateway = await GatewayUnderTest.StartAsync(one);

        var (socket, _) = await gateway.ConnectAsync(options =>
        {
            options.AddSubProtocol("aspirechat.v1");
            options.AddSubProtocol("ticket.abc");
            options.SetRequestHeader("Origin", "http://localhost:5080");
            options.SetRequestHeader("Authorization", "Bearer token");
        });

        Assert.Equal("aspirechat.v1", socket.SubProtocol);
        Assert.True(one.UpgradeHeaders.TryDequeue(out var headers));
        Assert.Equal("aspirechat.v1, ticket.abc", headers.SecWebSocketProtocol.ToString());
        Assert.Equal("http://localhost:5080", headers.Origin);
        Assert.Equal("Bearer token", headers.Authorization);
        socket.Dispose();
    }

    [Fact]
    public async Task Api_and_admin_calls_reach_an_instance_with_method_path_query_and_body()
    {
        await using var one = await StandInInstance.StartAsync("chat-1");
        await using var gateway = await GatewayUnderTest.StartAsync(one);
        var cancellationToken = TestContext.Current.CancellationToken;

        await gateway.Http.GetStringAsync("/api/rooms/a/messages?after=3", cancellationToken);
        await gateway.Http.PutAsync("/admin/backplane", new StringContent("pubsub"), cancellationToken);

        Assert.Equal(["GET /api/rooms/a/messages?after=3 ", "PUT /admin/backplane pubsub"], one.Requests);
    }

    [Theory]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("127.0.0.1", HttpStatusCode.OK)]
    [InlineData("[::1]", HttpStatusCode.OK)]
    [InlineData("evil.example", HttpStatusCode.BadRequest)]
    [InlineData("localhost.evil.example", HttpStatusCode.BadRequest)]
    public async Task Only_loopback_names_are_answered(string host, HttpStatusCode expected)
    {
        await using var one = await StandInInstance.StartAsync("chat-1");
        await using var gateway = await GatewayUnderTest.StartAsync(one);

        Assert.Equal(expected, await GetWithHostAsync(gateway, "/", host));
        Assert.Equal(expected, await GetWithHostAsync(gateway, "/api/instance", host));
    }

    [Fact]
    public async Task Allowed_hosts_replace_the_loopback_names()
    {
        await using var one = await StandInInstance.StartAsync("chat-1");
        await using var gateway = await GatewayUnderTest.StartAsync([one], ("AllowedHosts", "chat.example"));

        Assert.Equal(HttpStatusCode.OK, await GetWithHostAsync(gateway, "/", "chat.example"));
        Assert.Equal(HttpStatusCode.BadRequest, await GetWithHostAsync(gateway, "/", "localhost"));
    }

    [Fact]
    public async Task An_idle_connection_is_cut_only_after_the_idle_timeout_which_is_an_hour_unless_set()
    {
        await using var one = await StandInInstance.StartAsync("chat-1");
        await using var patient = await GatewayUnderTest.StartAsync(one);
        await using var strict = await GatewayUnderTest.StartAsync([one], ("Gateway:IdleTimeout", "00:00:01"));
        var (kept, _) = await patient.ConnectAsync();
        var (cut, _) = await strict.ConnectAsync();

        await Assert.ThrowsAnyAsync<WebSocketException>(() => GatewayUnderTest.ReceiveAsync(cut));

        Assert.Equal("still here", await GatewayUnderTest.EchoAsync(kept, "still here"));
        Assert.Equal(TimeSpan.FromHours(1), patient.Cluster.Model.Config.HttpRequest?.ActivityTimeout);
        kept.Dispose();
    }

    [Fact]
    public async Task An_open_connection_does_not_hold_up_the_stop()
    {
        await using var one = await StandInInstance.StartAsync("chat-1");
        await using var gateway = await GatewayUnderTest.StartAsync([one], ("Gateway:ShutdownTimeout", "00:00:00.5"));
        var (socket, _) = await gateway.ConnectAsync();

        var started = Stopwatch.GetTimestamp();
        await gateway.StopAsync();

        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(15));
        await Assert.ThrowsAnyAsync<WebSocketException>(() => GatewayUnderTest.ReceiveAsync(socket));
    }

    private static async Task<HttpStatusCode> GetWithHostAsync(GatewayUnderTest gateway, string path, string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Host = $"{host}:{gateway.Address.Port}" } };
        using var answer = await gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
