using AspireChat.Tests.ChatServers;

namespace AspireChat.Tests.Connections;

public sealed class ConnectionLimitTests
{
    [Theory, InlineData("kestrel"), InlineData("direct")]
    public async Task An_instance_that_is_full_says_so_and_takes_others_once_some_have_left(string transport)
    {
        await using var server = await TestChatServer.StartAsync(settings: [("Chat:Transport", transport), ("Chat:Limits:Connections", "2")]);
        await using var first = await server.ConnectAsync();
        var second = await server.ConnectAsync();

        var (refused, _) = await TestClient.TryOpenAsync(server.Address, []);

        Assert.Equal(503, refused.Status);
        Assert.Contains("\"full\"", refused.Body);
        await second.DisposeAsync();
        await Eventually.Is("a place is free again", async () =>
        {
            var (handshake, client) = await TestClient.TryOpenAsync(server.Address, []);
            if (client is not null)
                await client.DisposeAsync();
            return handshake.Status == 101;
        });
    }
}
