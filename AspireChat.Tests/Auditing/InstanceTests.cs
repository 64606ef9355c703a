using AspireChat.LoadTest.Auditing;
using AspireChat.Tests.EndToEnd;

namespace AspireChat.Tests.Auditing;

/// <summary>An audit of the real app: clients on every instance and through the gateway.</summary>
public sealed class InstanceTests(SharedChatApp shared)
{
    [Fact]
    public async Task Clients_that_keep_moving_between_instances_and_gateway_miss_nothing()
    {
        var app = await shared.GetAsync();
        await using var audit = await Audit.StartAsync(
            new AuditOptions
            {
                Targets = [app.Instance("chat-1"), app.Instance("chat-2"), app.Instance("chat-3"), app.Gateway],
                Clients = 8,
                Rooms = 2,
                SendsPerSecond = 60,
                // The machine may be busy with other things: whether it is quick is measured elsewhere.
                AckLimit = TimeSpan.FromMinutes(1),
                SettleTimeout = TimeSpan.FromMinutes(1),
            },
            TestContext.Current.CancellationToken);

        for (var round = 0; round < 3; round++)
        {
            var sends = audit.Sends + 60;
            await Eventually.Is("60 more sends were made", () => audit.Sends >= sends);
            var joins = audit.Joins + 4;
            foreach (var client in audit.Clients.Where(client => client.Number % 2 == round % 2))
                client.Drop();

            await Eventually.Is("the four have joined again", () => audit.Joins >= joins);
        }

        var verdict = await audit.FinishAsync(TestContext.Current.CancellationToken);

        verdict.AssertClean();
        Assert.Equal(12, verdict.Recovered);
        Assert.Equal(verdict.Sends, verdict.Acknowledged);
        Assert.Equal(["chat-1", "chat-2", "chat-3"], verdict.Instances);
    }
}
