using System.Net;
using AspireChat.Tests.Backplane;
using AspireChat.Tests.ChatServers;
using AspireChat.Tests.EndToEnd;

namespace AspireChat.Tests.Draining;

public sealed class SupersededTests(SharedGarnet garnet) : IClassFixture<SharedGarnet>
{
    [Fact]
    public async Task An_instance_whose_name_another_has_taken_sends_its_clients_there_and_stays_unready_without_ending()
    {
        var redis = await garnet.ConnectionStringAsync();
        await using var former = await InstanceProcess.StartAsync("chat-1", redis, ("Chat__Drain__CommandSeconds", "1"));
        await using var client = await Conversation.JoinAsync(former.Address, Conversation.NewRoom(), "ada");

        var closed = client.ReadCloseAsync();

        await using var successor = await InstanceProcess.StartAsync("chat-1", redis);

        Assert.Equal(1001, await closed);
        using var http = new HttpClient();
        await Eventually.Is("the former one takes nobody any more", async () => (await TestClient.TryOpenAsync(former.Address, [])).Handshake.Status == 503);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(http, former, "/health"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(http, former, "/alive"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(http, successor, "/health"));
        await using var again = await Conversation.JoinAsync(successor.Address, Conversation.NewRoom(), "ada");
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient http, InstanceProcess instance, string path)
    {
        using var answer = await http.GetAsync(new Uri(instance.Address, path), TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
