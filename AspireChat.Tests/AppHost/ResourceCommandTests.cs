using System.Diagnostics;
using System.Net.Http.Json;
using Aspire.Hosting.ApplicationModel;
using AspireChat.Tests.ChatServers;
using AspireChat.Tests.EndToEnd;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using StackExchange.Redis;
using Icons = Microsoft.FluentUI.AspNetCore.Components.Icons;

namespace AspireChat.Tests.AppHost;

/// <summary>The commands that the app puts on its resources, run as the dashboard does, and seen from outside.</summary>
[Collection(nameof(CommandedApp))]
public sealed class ResourceCommandTests(CommandedApp commanded)
{
    private static readonly string[] BuiltIn = ["start", "stop", "restart", "rebuild"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_may_hurt_asks_first_and_what_does_not_does_not()
    {
        var app = await commanded.GetAsync();
        var commands = new[] { "chat-1", "gateway", "redis" }.SelectMany(resource => CommandsOf(app, resource)).Where(command => !BuiltIn.Contains(command.Name)).ToList();

        Assert.Equal(
            ["drain", "drop-subscribers", "flush", "kill", "mode-local", "pause", "pause"],
            commands.Where(command => command.ConfirmationMessage is not null).Select(command => command.Name).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["mode-pubsub", "mode-stream", "resume"],
            commands.Where(command => command.ConfirmationMessage is null).Select(command => command.Name).Order(StringComparer.Ordinal));
        Assert.All(commands, command => Assert.NotNull(typeof(Icons.Regular.Size20).GetNestedType(command.IconName!)));
        Assert.All(commands, command => Assert.False(string.IsNullOrEmpty(command.DisplayDescription)));
    }

    [Fact]
    public async Task Drain_sends_the_clients_of_one_instance_away_with_1001_and_it_takes_no_more()
    {
        var app = await commanded.GetAsync();
        await using var client = await Conversation.JoinAsync(app.Instance("chat-2"), Conversation.NewRoom(), "ada");

        await app.RunCommandAsync("chat-2", "drain");

        Assert.Equal(1001, await client.ReadCloseAsync());
        var (refused, _) = await TestClient.TryOpenAsync(app.Instance("chat-2"), []);
        Assert.Equal(503, refused.Status);
        await app.App.ResourceNotifications.WaitForResourceAsync("chat-2", change => change.Snapshot.HealthStatus == HealthStatus.Unhealthy, Cancellation);
    }

    [Fact]
    public async Task Kill_ends_an_instance_without_a_word_and_it_can_be_started_again()
    {
        var app = await commanded.GetAsync();
        await using var client = await Conversation.JoinAsync(app.Instance("chat-2"), Conversation.NewRoom(), "ada");

        await app.RunCommandAsync("chat-2", "kill");

        Assert.Equal(KnownResourceStates.Exited, (await UntilEndedAsync(app, "chat-2")).Snapshot.State!.Text);
        Assert.Equal(1006, await CloseOrNoneAsync(client));
        Assert.Equal(ResourceCommandState.Disabled, StateOf(app, "chat-2", "kill"));

        await app.RunCommandAsync("chat-2", "start");
        await app.WaitUntilHealthyAsync("chat-2");
        await using var again = await Conversation.JoinAsync(app.Instance("chat-2"), Conversation.NewRoom(), "ada");
        Assert.Equal(ResourceCommandState.Enabled, StateOf(app, "chat-2", "kill"));
    }

    [Fact]
    public async Task A_paused_instance_stands_still_with_its_connections_open_until_it_is_resumed()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Looks into /proc.");
        var app = await commanded.GetAsync();
        var process = await app.ProcessIdAsync("chat-3");
        await using var client = await Conversation.JoinAsync(app.Instance("chat-3"), Conversation.NewRoom(), "ada");

        await app.RunCommandAsync("chat-3", "pause");
        await Eventually.Is("the process is stopped", () => ProcessState(process) == 'T');
        await client.SendAsync(new { type = "ping", t = 1 });
        await app.RunCommandAsync("chat-3", "resume");

        Assert.NotEqual('T', ProcessState(process));
        await client.SkipToAsync("pong");
        Assert.Equal(process, await app.ProcessIdAsync("chat-3"));
    }

    [Fact]
    public async Task A_pause_ends_by_itself()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Looks into /proc.");
        var app = await commanded.GetAsync();
        var process = await app.ProcessIdAsync("chat-3");
        using var http = app.CreateClient("chat-3");
        http.DefaultRequestHeaders.Add("X-Admin-Key", app.AdminKey);

        using var begun = await http.PostAsJsonAsync("/admin/faults/pause", new { seconds = 2 }, Cancellation);
        begun.EnsureSuccessStatusCode();
        await Eventually.Is("the process is stopped", () => ProcessState(process) == 'T');

        Assert.Equal("Healthy", await http.GetStringAsync("/alive", Cancellation), ignoreCase: true);
        var late = await app.App.ResourceCommands.ExecuteCommandAsync("chat-3", "resume", Cancellation);
        Assert.Equal("It is not paused.", late.ErrorMessage);
    }

    [Fact]
    public async Task The_mode_is_switched_for_all_and_the_one_that_is_on_cannot_be_chosen()
    {
        var app = await commanded.GetAsync();

        // One that another test has killed is counted until its lease ends, and cannot confirm.
        await Eventually.Is("only living instances are counted", () => app.TrySwitchAsync("pubsub"), TimeSpan.FromSeconds(90));
        await using var client = await Conversation.JoinAsync(app.Instance("chat-1"), Conversation.NewRoom(), "ada");

        await app.RunCommandAsync("gateway", "mode-local");

        Assert.Equal("local", (await client.SkipToAsync("backplane")).GetProperty("mode").GetString());
        foreach (var instance in app.Instances)
        {
            await using var other = await TestClient.OpenAsync(app.Instance(instance));
            Assert.Equal("local", (await other.NextAsync("welcome")).GetProperty("backplane").GetString());
        }

        Assert.Equal((ResourceCommandState.Disabled, ResourceCommandState.Enabled), (StateOf(app, "gateway", "mode-local"), StateOf(app, "gateway", "mode-stream")));

        // Whoever else switches it, as the lab does, is noticed.
        await app.SwitchAsync("stream");
        await Eventually.Is("mode stream is on", () => StateOf(app, "gateway", "mode-stream") == ResourceCommandState.Disabled);
    }

    [Fact]
    public async Task Flush_takes_the_rooms_history_and_its_members_are_told()
    {
        var app = await commanded.GetAsync();
        var room = Conversation.NewRoom();
        await using var sender = await Conversation.JoinAsync(app.Instance("chat-1"), room, "ada");
        await using var member = await Conversation.JoinAsync(app.Instance("chat-2"), room, "bob");
        var before = await sender.SayAsync(room, "before");

        await app.RunCommandAsync("redis", "flush");
        var after = await sender.SayAsync(room, "after");

        Assert.NotEqual(before.GetProperty("epoch").GetString(), after.GetProperty("epoch").GetString());
        Assert.Equal(after.GetProperty("epoch").GetString(), (await member.SkipToAsync("resync")).GetProperty("position").GetProperty("epoch").GetString());
    }

    [Fact]
    public async Task Dropping_the_subscribers_loses_nothing_in_mode_stream()
    {
        var app = await commanded.GetAsync();
        var room = Conversation.NewRoom();
        var members = await Conversation.JoinEachAsync(app, room);
        await using var sender = await TestClient.OpenAsync(app.Instance("chat-1"));
        await sender.NextAsync("welcome");
        string[] said = [.. Enumerable.Range(0, 30).Select(number => $"message {number}")];

        var before = await SubscribersAsync(app);
        var dropping = app.RunCommandAsync("redis", "drop-subscribers");
        foreach (var text in said)
        {
            await sender.SendAsync(new { type = "send", room, id = Conversation.NewId(), text, name = "ada" });
            await sender.SkipToAsync("ack");
        }

        await dropping;
        Assert.Empty(before.Intersect(await SubscribersAsync(app)));
        foreach (var member in members)
        {
            await using (member)
            {
                foreach (var text in said) Assert.Equal(text, await member.NextTextAsync());
            }
        }
    }

    [Fact]
    public async Task Redis_stands_still_while_it_is_paused_and_restarts()
    {
        var app = await commanded.GetAsync();
        var process = await app.ProcessIdAsync("redis");
        var room = Conversation.NewRoom();
        await using var sender = await Conversation.JoinAsync(app.Instance("chat-1"), room, "ada");

        await app.RunCommandAsync("redis", "pause");
        var id = Conversation.NewId();
        var begun = Stopwatch.GetTimestamp();
        await sender.SendAsync(new { type = "send", room, id, text = "is anybody there?" });
        var refused = await sender.SkipToAsync("error");
        Assert.Equal(("unavailable", id), (refused.GetProperty("code").GetString(), refused.GetProperty("id").GetString()));
        Assert.True(Stopwatch.GetElapsedTime(begun) > TimeSpan.FromMilliseconds(200), "It was refused at once, so nobody had asked Redis.");

        await app.RestartAsync("redis");
        Assert.NotEqual(process, await app.ProcessIdAsync("redis"));
        await Eventually.Is("messages are stored again", async () =>
        {
            await sender.SendAsync(new { type = "send", room, id = Conversation.NewId(), text = "and now?" });
            while (true)
            {
                var frame = (await sender.NextFrameAsync())!.Json;
                if (frame.GetProperty("type").GetString() is "ack" or "error") return frame.GetProperty("type").GetString() == "ack";
            }
        });
    }

    /// <summary>Redis's ids of the connections by which instances hear what is published.</summary>
    private static async Task<IReadOnlyList<long>> SubscribersAsync(ChatApp app)
    {
        var options = ConfigurationOptions.Parse(await app.RedisConnectionStringAsync());
        options.AllowAdmin = true;
        await using var redis = await ConnectionMultiplexer.ConnectAsync(options);
        var clients = await redis.GetServers().Single().ClientListAsync();
        return [.. clients.Where(client => client.Name?.EndsWith(".subscriber", StringComparison.Ordinal) == true).Select(client => client.Id)];
    }

    private static Task<ResourceEvent> UntilEndedAsync(ChatApp app, string resource) =>
        app.App.ResourceNotifications.WaitForResourceAsync(resource, change => KnownResourceStates.TerminalStates.Contains(change.Snapshot.State?.Text), Cancellation);

    private static IEnumerable<ResourceCommandSnapshot> CommandsOf(ChatApp app, string resource)
    {
        Assert.True(app.App.ResourceNotifications.TryGetCurrentState(resource, out var current));
        return current.Snapshot.Commands;
    }

    private static ResourceCommandState StateOf(ChatApp app, string resource, string command) => CommandsOf(app, resource).Single(one => one.Name == command).State;

    /// <summary>What the system says of a process: T is stopped.</summary>
    private static char ProcessState(int process)
    {
        var stat = File.ReadAllText($"/proc/{process}/stat");
        return stat[stat.LastIndexOf(')') + 2];
    }

    /// <summary>1006 is what a connection ends with that nobody closed.</summary>
    private static async Task<int> CloseOrNoneAsync(TestClient client)
    {
        try
        {
            while (await client.NextFrameAsync() is { } frame)
                if (frame.Opcode == TestFrame.CloseOpcode) return frame.CloseCode;
        }
        catch (IOException)
        {
            // Reset.
        }

        return 1006;
    }
}
