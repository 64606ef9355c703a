using System.Net;

namespace AspireChat.Tests.EndToEnd;

public sealed class ChatAppTests(SharedChatApp shared)
{
    [Fact]
    public async Task Every_instance_and_the_gateway_answer_once_the_app_has_started()
    {
        var app = await shared.GetAsync();

        Assert.Equal(["chat-1", "chat-2", "chat-3"], app.Instances);
        foreach (var resource in app.Instances.Append("gateway"))
        {
            using var client = app.CreateClient(resource);
            using var response = await client.GetAsync("/health", TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    }
}
