namespace AspireChat.Tests.Redis;

public sealed class RedisServerTests
{
    [Theory, InlineData(RedisFlavour.Garnet), InlineData(RedisFlavour.Redis)]
    public async Task A_server_comes_back_on_its_port_and_a_durable_one_with_its_data(RedisFlavour flavour)
    {
        await using var server = await RedisServer.StartAsync(flavour, new() { Durable = true });
        Assert.Equal("+OK", await server.CommandAsync("SET", "key", "value"));

        await server.StopAsync();
        await server.StartAsync();
        Assert.Equal("$5", await server.CommandAsync("GET", "key"));

        await server.LoseDataAsync();
        await server.StartAsync();
        Assert.Equal("$-1", await server.CommandAsync("GET", "key"));
    }
}
