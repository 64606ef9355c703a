using System.Diagnostics;
using AspireChat.Client;
using AspireChat.Tests.EndToEnd;

namespace AspireChat.Tests.Faults;

/// <summary>An instance is killed under three kinds of clients: one that was written by the protocol alone, ours for .NET, and the page's.</summary>
public sealed class ClientFaultTests(FaultApp shared) : FaultTest(shared)
{
    [Fact]
    public async Task A_client_that_follows_the_protocol_alone_loses_nothing_while_an_instance_is_killed_under_200_messages_a_second()
    {
        const int clients = 9;
        var app = await GetAppAsync();
        var room = Conversation.NewRoom();
        var all = Enumerable.Range(0, clients).Select(number => new ThirdPartyClient(app.Chat.GatewaySocket, room, $"third-{number}")).ToArray();
        foreach (var client in all)
            client.Start();
        await Eventually.Is("all have joined", () => all.All(client => client.Joins == 1), within: TimeSpan.FromSeconds(60));

        var orphans = all.Where(client => client.Instance == "chat-2").ToArray();
        Assert.NotEmpty(orphans);
        using var enough = new CancellationTokenSource();
        var sending = SendAsync(all, perSecond: 200, enough.Token);
        await Eventually.Is("they talk", () => all.All(client => client.Seen.Length > 100), within: TimeSpan.FromSeconds(60));
        await app.Chat.KillAsync("chat-2");
        await Eventually.Is("the orphans have joined again", () => orphans.All(client => client.Joins == 2), within: TimeSpan.FromSeconds(60));
        var seen = all[0].Seen.Length;
        await Eventually.Is("they go on", () => all[0].Seen.Length > seen + 100, within: TimeSpan.FromSeconds(60));
        await enough.CancelAsync();
        await sending;

        await Eventually.Is("all is acknowledged", () => all.All(client => client.Waiting == 0), within: TimeSpan.FromSeconds(60));
        var acknowledged = all.SelectMany(client => client.Acknowledged).Order().ToArray();
        await Eventually.Is("all is delivered", () => all.All(client => client.Seen.Length >= acknowledged.Length), within: TimeSpan.FromSeconds(60));
        FaultRun.Note($"{acknowledged.Length} acknowledged, {orphans.Length} of {clients} clients resumed");
        foreach (var client in all)
        {
            Assert.Equal(acknowledged, client.Seen.Select(message => message.Id).Order());
            Assert.Equal(Enumerable.Range(1, acknowledged.Length), client.Seen.Select(message => (int)message.Offset));
            Assert.Empty(client.Announced);
            await client.DisposeAsync();
        }
    }

    [Fact]
    public async Task The_clients_for_NET_and_for_pages_see_everything_once_while_the_instance_of_both_is_killed()
    {
        const int count = 150;
        var app = await GetAppAsync();
        var room = Conversation.NewRoom();
        await using var page = await ScriptMember.StartAsync(app.Chat.GatewaySocket, room, "page");
        await using var client = await ChatClient.ConnectAsync(new() { Address = app.Chat.GatewaySocket, Name = "net" }, Cancellation);
        await using var member = await client.JoinAsync(room, cancellationToken: Cancellation);
        await using var other = await ChatClient.ConnectAsync(new() { Address = app.Chat.GatewaySocket, Name = "other" }, Cancellation);

        var reading = ReadAsync(member, count * 2);
        var sending = Task.Run(
            async () =>
            {
                for (var i = 0; i < count; i++)
                    await other.SendAsync(room, $"other {i}", cancellationToken: Cancellation);
            },
            Cancellation);
        await page.SendAsync(count);
        foreach (var victim in new[] { await page.InstanceAsync(), client.Status.Server!.Instance }.Distinct())
        {
            await Eventually.Is("they talk", () => page.Texts.Length > 20, within: TimeSpan.FromSeconds(60));
            await app.Chat.KillAsync(victim);
        }

        await sending;
        var texts = await reading;
        await Eventually.Is("the page has all", () => page.Texts.Length >= count * 2, within: TimeSpan.FromSeconds(60));
        string[] expected = [.. Enumerable.Range(0, count).SelectMany(i => new[] { $"other {i}", $"page {i}" }).Order(StringComparer.Ordinal)];

        Assert.Equal(expected, texts.Order(StringComparer.Ordinal));
        Assert.Equal(texts, page.Texts);
        Assert.True(page.Welcomes > 1, "The page was not touched by the fault.");
        foreach (var sender in new[] { "other", "page" })
            Assert.Equal(Enumerable.Range(0, count).Select(i => $"{sender} {i}"), texts.Where(text => text.StartsWith(sender, StringComparison.Ordinal)));
    }

    private static async Task<List<string>> ReadAsync(ChatRoom room, int count)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(TimeSpan.FromMinutes(2));
        var texts = new List<string>();
        await foreach (var message in room.ReadMessagesAsync(patience.Token))
        {
            texts.Add(message.Text);
            if (texts.Count == count)
                break;
        }

        return texts;
    }

    private static async Task SendAsync(ThirdPartyClient[] clients, int perSecond, CancellationToken enough)
    {
        var began = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        for (var made = 0; !enough.IsCancellationRequested;)
        {
            for (; made < Stopwatch.GetElapsedTime(began).TotalSeconds * perSecond; made++)
                await clients[made % clients.Length].SendAsync($"message {made}");
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }
}
