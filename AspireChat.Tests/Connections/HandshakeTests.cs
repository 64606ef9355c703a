using System.Net;
using System.Net.WebSockets;
using System.Text;
using AspireChat.Tests.ChatServers;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace AspireChat.Tests.Connections;

public class HandshakeTests : TransportTest
{
    [Fact]
    public async Task The_welcome_tells_what_a_client_has_to_know()
    {
        await using var server = await StartAsync(settings: [("Chat:Limits:SendsPerSecond", "7"), ("Chat:Connections:PingSeconds", "9")]);
        await using var client = await server.OpenAsync();

        var welcome = await client.NextAsync("welcome");

        Assert.Equal("aspirechat.v1", client.Handshake.Headers["Sec-WebSocket-Protocol"]);
        Assert.Equal("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", client.Handshake.Headers["Sec-WebSocket-Accept"]);
        Assert.Equal(1, welcome.GetProperty("protocol").GetInt32());
        Assert.Equal("chat-1", welcome.GetProperty("instance").GetString());
        Assert.StartsWith("chat-1.", welcome.GetProperty("connection").GetString(), StringComparison.Ordinal);
        Assert.Equal("stream", welcome.GetProperty("backplane").GetString());
        Assert.Equal(9, welcome.GetProperty("pingSeconds").GetInt32());
        Assert.Equal("""{"frameBytes":65536,"textChars":4000,"sendsPerSecond":7}""", welcome.GetProperty("limits").GetRawText());
    }

    [Theory]
    [InlineData(null, 101, null)]
    [InlineData("aspirechat.v1", 101, "aspirechat.v1")]
    [InlineData("aspirechat.v2, aspirechat.v1", 101, "aspirechat.v1")]
    [InlineData("aspirechat.v1, ticket.s3cret", 101, "aspirechat.v1")]
    [InlineData("ticket.s3cret", 101, null)]
    [InlineData("aspirechat.v2", 400, null)]
    [InlineData("chat, ticket.s3cret", 400, null)]
    public async Task The_sub_protocol_is_chosen_by_what_is_offered(string? offered, int status, string? selected)
    {
        await using var server = await StartAsync();

        var (handshake, client) = await TestClient.TryOpenAsync(server.Address, [], offered);

        Assert.Equal(status, handshake.Status);
        Assert.Equal(selected, handshake.Headers.GetValueOrDefault("Sec-WebSocket-Protocol"));
        if (client is not null)
        {
            await client.NextAsync("welcome");
            await client.DisposeAsync();
        }
    }

    [Theory]
    [InlineData("https://evil.example", 403)]
    [InlineData("null", 403)]
    [InlineData("", 403)]
    [InlineData("http://{host}.evil.example", 403)]
    [InlineData("http://evil.example/{host}", 403)]
    [InlineData("http://{host}@evil.example", 403)]
    [InlineData("https://{host}", 403)]
    [InlineData("http://{host}:1", 403)]
    [InlineData("http://{host}/path", 403)]
    [InlineData("http://{host}", 101)]
    [InlineData("https://chat.example", 101)]
    [InlineData("https://chat.example.evil.example", 403)]
    [InlineData("https://evilchat.example", 403)]
    [InlineData("http://chat.example", 403)]
    public async Task Only_pages_of_allowed_origins_may_connect(string origin, int status)
    {
        await using var server = await StartAsync(settings: ("Chat:Origins:Allowed:0", "https://chat.example"));

        var (handshake, client) = await TestClient.TryOpenAsync(
            server.Address, [$"Origin: {origin.Replace("{host}", server.Address.Authority, StringComparison.Ordinal)}"]);

        Assert.Equal(status, handshake.Status);
        Assert.Equal(0, status == 403 ? server.Connections.Count : 0);
        await (client?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    [Fact]
    public async Task Clients_without_an_origin_can_be_shut_out()
    {
        await using var server = await StartAsync(settings: ("Chat:Origins:AllowMissing", "false"));

        Assert.Equal(403, (await TestClient.TryOpenAsync(server.Address, [])).Handshake.Status);
        Assert.Equal(101, (await TestClient.TryOpenAsync(server.Address, [$"Origin: http://{server.Address.Authority}"])).Handshake.Status);
    }

    [Fact]
    public async Task A_request_that_is_no_upgrade_is_told_so()
    {
        await using var server = await StartAsync();
        using var http = new HttpClient { BaseAddress = server.Address };

        using var response = await http.GetAsync("/ws", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.UpgradeRequired, response.StatusCode);
        Assert.Contains("WebSocket", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ", 400)]
    [InlineData("Sec-WebSocket-Key: ????????????????????????", 400)]
    [InlineData("Sec-WebSocket-Version: 8", 426)]
    public async Task A_handshake_that_breaks_the_rules_is_refused(string header, int status)
    {
        await using var server = await StartAsync();

        var (handshake, _) = await TestClient.TryOpenAsync(server.Address, [header]);

        Assert.Equal(status, handshake.Status);
    }

    [Fact]
    public async Task Connections_from_one_address_are_bounded_and_freed()
    {
        await using var server = await StartAsync(settings: ("Chat:Limits:ConnectionsPerAddress", "2"));
        var first = await server.ConnectAsync();
        await using var second = await server.ConnectAsync();

        Assert.Equal(429, (await TestClient.TryOpenAsync(server.Address, [])).Handshake.Status);
        await first.DisposeAsync();

        await Eventually.Is("a place is free again", async () =>
        {
            var (handshake, client) = await TestClient.TryOpenAsync(server.Address, []);
            await (client?.DisposeAsync() ?? ValueTask.CompletedTask);
            return handshake.Status == 101;
        });
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_ready_made_client_connects_by_either_version_of_http(int version)
    {
        await using var server = await StartAsync(protocols: version == 1 ? HttpProtocols.Http1 : HttpProtocols.Http2);
        using var socket = new ClientWebSocket();
        using var invoker = new HttpMessageInvoker(new SocketsHttpHandler());
        socket.Options.AddSubProtocol("aspirechat.v1");
        socket.Options.HttpVersion = new Version(version, version == 1 ? 1 : 0);
        socket.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        var token = TestContext.Current.CancellationToken;

        await socket.ConnectAsync(new UriBuilder(server.Address) { Scheme = "ws", Path = "/ws" }.Uri, invoker, token);
        Assert.Equal("aspirechat.v1", socket.SubProtocol);
        Assert.Contains("welcome", await ReceiveAsync(), StringComparison.Ordinal);
        await socket.SendAsync("{\"type\":\"ping\",\"t\":5}"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, token);
        Assert.Equal("{\"type\":\"pong\",\"t\":5}", await ReceiveAsync());
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "done", token);

        Assert.Equal(WebSocketCloseStatus.NormalClosure, socket.CloseStatus);
        await Eventually.Is("the connection is gone", () => server.Connections.Count == 0);

        async Task<string> ReceiveAsync()
        {
            var buffer = new byte[4096];
            var result = await socket.ReceiveAsync(buffer, token);
            return Encoding.UTF8.GetString(buffer, 0, result.Count);
        }
    }
}
