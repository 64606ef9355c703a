using AspireChat.Tests.Browser;
using AspireChat.Tests.EndToEnd;
using static Microsoft.Playwright.Assertions;

namespace AspireChat.Tests.Lab;

/// <summary>The lesson, as a person sees it: the real app, and the lab in Chromium.</summary>
[Collection(nameof(LabApp))]
public sealed class LabActsTests(BrowserFixture browsers, LabApp app)
{
    [Fact]
    public async Task Act_1_loses_two_thirds_and_names_who_missed_it()
    {
        await using var lab = await app.OpenAsync(browsers);
        await lab.BeginActAsync("local");

        await lab.SpeakAsync("fox");
        await lab.SettleAsync();

        Assert.Equal((2, 4), (await lab.CountAsync("delivered"), await lab.CountAsync("missed")));
        var row = lab.Page.Locator("#matrix tbody tr").First;
        await Expect(row.Locator("th")).ToHaveTextAsync("fox");
        await Expect(row.Locator("td[data-kind=received]")).ToHaveCountAsync(2);
        await Expect(row.Locator("td[data-kind=missed][aria-label=missed]")).ToHaveCountAsync(4);
        foreach (var instance in new[] { "chat-1", "chat-2", "chat-3" })
        {
            var clients = await lab.ClientsOnAsync(instance);
            foreach (var client in clients)
            {
                var heard = clients.Contains("fox");
                await Expect(lab.Page.Locator($".client[data-client={client}][data-missed]")).ToHaveCountAsync(heard ? 0 : 1);
                if (heard) await Expect(lab.Verdict).Not.ToContainTextAsync(client);
                else await Expect(lab.Verdict).ToContainTextAsync(client);
            }
        }

        await lab.Page.TakeAsync("lab-bug");
    }

    [Fact]
    public async Task Act_2_delivers_to_everybody()
    {
        await using var lab = await app.OpenAsync(browsers);
        await lab.BeginActAsync("pubsub");

        await lab.SpeakAsync("fox");
        await lab.SettleAsync();

        Assert.Equal((6, 0), (await lab.CountAsync("delivered"), await lab.CountAsync("missed")));
        await Expect(lab.Verdict).ToHaveTextAsync("1 message sent, 6 deliveries made: nothing is missing.");
    }

    [Fact]
    public async Task Act_2_loses_what_is_said_while_a_subscriber_is_cut()
    {
        await using var lab = await app.OpenAsync(browsers);
        await lab.BeginActAsync("pubsub");

        await lab.MakeFaultAsync("deaf", "chat-2");

        Assert.NotEqual(0, await lab.CountAsync("missed"));
        foreach (var client in await lab.ClientsOnAsync("chat-2")) await Expect(lab.Verdict).ToContainTextAsync(client);
        foreach (var client in await lab.ClientsOnAsync("chat-1")) await Expect(lab.Verdict).Not.ToContainTextAsync(client);
        await lab.Page.TakeAsync("lab-hole");
    }

    [Theory]
    [InlineData("deaf")]
    [InlineData("drop-subscribers")]
    public async Task Act_3_survives_a_subscriber_that_is_cut(string fault)
    {
        await using var lab = await app.OpenAsync(browsers);
        await lab.BeginActAsync("stream");

        await lab.MakeFaultAsync(fault, "chat-2");

        await NothingIsMissingAsync(lab);
    }

    [Fact]
    public async Task Act_3_survives_a_Redis_that_stands_still()
    {
        await using var lab = await app.OpenAsync(browsers);
        await lab.BeginActAsync("stream");

        await lab.MakeFaultAsync("pause-redis", "chat-2");

        Assert.SkipWhen(await lab.Notice.IsVisibleAsync() && (await lab.Notice.InnerTextAsync()).Contains("CLIENT PAUSE", StringComparison.Ordinal), "This Redis cannot be paused.");
        await NothingIsMissingAsync(lab);
    }

    [Theory]
    [InlineData("exit")]
    [InlineData("drain")]
    public async Task Act_3_survives_the_loss_of_an_instance_and_shows_the_resume(string fault)
    {
        await using var lab = await app.OpenAsync(browsers);
        await lab.BeginActAsync("stream");
        var served = await lab.ClientsOnAsync("chat-3");

        await lab.MakeFaultAsync(fault, "chat-3");

        await NothingIsMissingAsync(lab);
        Assert.NotEmpty(served);
        Assert.Empty(await lab.ClientsOnAsync("chat-3"));
        await Expect(lab.Page.Locator(".node[data-instance=chat-3]")).ToHaveAttributeAsync("data-health", "down");
        if (fault == "exit")
        {
            Assert.NotEqual(0, await lab.CountAsync("resumed"));
            await Expect(lab.Verdict).ToContainTextAsync("came by resume, to clients that had been away.");
            await lab.Page.TakeAsync("lab-cure");
        }
    }

    [Theory]
    [InlineData("local")]
    [InlineData("stream")]
    public async Task The_counters_agree_with_an_independent_client_on_each_instance(string mode)
    {
        await using var lab = await app.OpenAsync(browsers);
        var chat = await app.GetAsync();
        await lab.BeginActAsync(mode);
        var witnesses = await Conversation.JoinEachAsync(chat, await lab.RoomAsync());

        foreach (var client in new[] { "fox", "owl", "bee", "elk", "fox", "cat", "yak", "owl" }) await lab.SpeakAsync(client);
        await Expect(lab.Counter("sent")).ToHaveTextAsync("8");
        await lab.SettleAsync();

        var deliveries = 0;
        foreach (var (instance, witness) in chat.Instances.Zip(witnesses))
        {
            var heard = await witness.TextsSoFarAsync();
            deliveries += heard.Count * (await lab.ClientsOnAsync(instance)).Count;
            await witness.DisposeAsync();
        }

        Assert.Equal(deliveries, await lab.CountAsync("delivered"));
        Assert.Equal((8 * 6) - deliveries, await lab.CountAsync("missed"));
        Assert.Equal(mode == "local" ? 8 * 2 : 8 * 6, deliveries);
    }

    private static async Task NothingIsMissingAsync(LabPage lab)
    {
        await Expect(lab.Verdict).ToContainTextAsync("nothing is missing");
        foreach (var counter in new[] { "missed", "repeated", "reordered", "failed" }) Assert.Equal((counter, 0), (counter, await lab.CountAsync(counter)));
        Assert.Equal(6 * await lab.CountAsync("sent"), await lab.CountAsync("delivered"));
    }
}
