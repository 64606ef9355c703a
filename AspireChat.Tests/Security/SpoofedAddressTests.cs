using AspireChat.Tests.ChatServers;
using AspireChat.Tests.Gateway;

namespace AspireChat.Tests.Security;

/// <summary>What a client says of itself through the gateway changes nothing of who it is.</summary>
public sealed class SpoofedAddressTests
{
    [Fact]
    public async Task An_address_made_up_for_every_connection_does_not_dodge_the_cap_per_address()
    {
        await using var server = await TestChatServer.StartAsync(settings: ("Chat:Limits:ConnectionsPerAddress", "2"));
        await using var gateway = await StartGatewayAsync(server);
        var clients = new List<TestClient>();
        for (var i = 1; i <= 2; i++)
        {
            var (handshake, client) = await TestClient.TryOpenAsync(gateway.Address, [$"X-Forwarded-For: 203.0.113.{i}", $"X-Real-IP: 203.0.113.{i}", $"Forwarded: for=203.0.113.{i}"]);
            Assert.Equal(101, handshake.Status);
            clients.Add(client!);
        }

        var (third, _) = await TestClient.TryOpenAsync(gateway.Address, ["X-Forwarded-For: 203.0.113.3"]);

        Assert.Equal(429, third.Status);
        foreach (var client in clients)
        {
            await client.DisposeAsync();
        }
    }

    [Theory]
    [InlineData("X-Forwarded-Host: evil.example", "Origin: http://evil.example")]
    [InlineData("X-Forwarded-Host: evil.localhost", "Origin: http://evil.localhost")]
    [InlineData("X-Forwarded-Proto: https", "Origin: https://{host}")]
    [InlineData("Forwarded: host=evil.example;proto=http", "Origin: http://evil.example")]
    public async Task A_name_made_up_for_the_server_opens_it_to_no_page(string claim, string origin)
    {
        await using var server = await TestChatServer.StartAsync();
        await using var gateway = await StartGatewayAsync(server);

        var (handshake, _) = await TestClient.TryOpenAsync(gateway.Address, [claim, origin.Replace("{host}", gateway.Address.Authority, StringComparison.Ordinal)]);

        Assert.Equal(403, handshake.Status);
        Assert.Equal(0, server.Connections.Count);
    }

    [Fact]
    public async Task The_gateway_s_own_page_is_let_in()
    {
        await using var server = await TestChatServer.StartAsync();
        await using var gateway = await StartGatewayAsync(server);

        var (handshake, client) = await TestClient.TryOpenAsync(gateway.Address, [$"Origin: http://{gateway.Address.Authority}"]);

        Assert.Equal(101, handshake.Status);
        await client!.DisposeAsync();
    }

    private static Task<GatewayUnderTest> StartGatewayAsync(TestChatServer server) => GatewayUnderTest.StartAsync([("services:chat-1:http:0", server.Address.ToString())]);
}
