using LocalAspire.Dashboard.Resources;
using LocalAspire.Protos.ResourceService.V1;

namespace AspireChat.Tests.Dashboard;

/// <summary>The dashboard as a client of Aspire's resource service.</summary>
public sealed class ResourceClientTests
{
    private static readonly DateTimeOffset Started = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_knows_the_resources_of_the_host_and_follows_each_change()
    {
        await using var host = await FakeAppHost.StartAsync(SampleResources.All(Started));
        await using var dashboard = await StartAsync(host);
        var app = dashboard.Service<AppResources>();
        await Eventually.Is("the host's resources are there", () => app.All.Count == 7);
        Assert.Equal(("AspireChat", AppConnection.Connected), (app.ApplicationName, app.Connection));

        host.Upsert(SampleResources.Chat("chat-2", Started, state: "Exited"));
        await Eventually.Is("the exit of chat-2 is known", () => app.Find("chat-2")!.State == "Exited");

        host.Delete("chat-3");
        await Eventually.Is("chat-3 is gone", () => app.Find("chat-3") is null);
    }

    [Fact]
    public async Task It_comes_back_to_a_host_that_was_away_and_forgets_what_is_no_more()
    {
        await using var host = await FakeAppHost.StartAsync(SampleResources.All(Started));
        await using var dashboard = await StartAsync(host);
        var app = dashboard.Service<AppResources>();
        await Eventually.Is("the host's resources are there", () => app.All.Count == 7);

        await host.CloseAsync();
        await Eventually.Is("the loss is known", () => app.Connection == AppConnection.Lost);
        Assert.Equal(7, app.All.Count);

        host.Delete("gateway");
        await host.ReopenAsync();
        await Eventually.Is("the dashboard is back", () => app is { Connection: AppConnection.Connected, All.Count: 6 });
    }

    [Fact]
    public async Task Without_the_right_key_it_stays_outside()
    {
        await using var host = await FakeAppHost.StartAsync(SampleResources.All(Started));
        await using var dashboard = await RunningDashboard.StartAsync($"ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL={host.Address}", "Dashboard:ResourceServiceClient:ApiKey=wrong");

        var lines = dashboard.Service<ConsoleLogs>().WatchAsync("chat-1", Cancellation).GetAsyncEnumerator(Cancellation);
        await Task.WhenAny(lines.MoveNextAsync().AsTask(), Task.Delay(TimeSpan.FromMilliseconds(300), Cancellation));

        Assert.Equal(AppConnection.Connecting, dashboard.Service<AppResources>().Connection);
    }

    [Fact]
    public async Task A_command_is_carried_out_by_the_host_and_its_failure_is_told()
    {
        await using var host = await FakeAppHost.StartAsync(SampleResources.All(Started));
        await using var dashboard = await StartAsync(host);
        var app = dashboard.Service<AppResources>();
        await Eventually.Is("the host's resources are there", () => app.Find("chat-1") is not null);
        var (chat, drain) = (app.Find("chat-1")!, app.Find("chat-1")!.Commands.Single(command => command.Name == "drain"));

        Assert.Equal(CommandResultKind.Succeeded, (await dashboard.Service<ResourceCommander>().ExecuteAsync(chat, drain, Cancellation)).Kind);
        Assert.Equal(("drain", "chat-1", "Project"), (host.Commands.Single().CommandName, host.Commands.Single().ResourceName, host.Commands.Single().ResourceType));

        host.OnCommand = _ => new ResourceCommandResponse { Kind = ResourceCommandResponseKind.Failed, ErrorMessage = "It drains already." };
        Assert.Equal(new CommandOutcome(CommandResultKind.Failed, "It drains already."), await dashboard.Service<ResourceCommander>().ExecuteAsync(chat, drain, Cancellation));
    }

    [Fact]
    public async Task Console_lines_come_once_each_though_the_host_goes_away_and_comes_back()
    {
        await using var host = await FakeAppHost.StartAsync(SampleResources.All(Started));
        await using var dashboard = await StartAsync(host);
        host.Write("chat-1", "2026-03-01T12:00:00Z first");
        var seen = new List<string>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var reading = Task.Run(async () =>
        {
            await foreach (var lines in dashboard.Service<ConsoleLogs>().WatchAsync("chat-1", stop.Token))
                lock (seen) seen.AddRange(lines.Select(line => line.Text));
        }, Cancellation);
        await Eventually.Is("the first line has come", () => Count() == 1);

        await host.CloseAsync();
        host.Write("chat-1", "2026-03-01T12:00:01Z second");
        await host.ReopenAsync();
        await Eventually.Is("the second line has come", () => Count() == 2);

        await stop.CancelAsync();
        await reading;
        Assert.Equal(["first", "second"], seen);

        int Count()
        {
            lock (seen) return seen.Count;
        }
    }

    [Theory]
    [InlineData("Running", null, null, "Running", StatusTone.Good)]
    [InlineData("Running", null, HealthStatus.Unhealthy, "Unhealthy", StatusTone.Bad)]
    [InlineData("Exited", "error", null, "Exited", StatusTone.Bad)]
    [InlineData("NotStarted", null, null, "Not started", StatusTone.Neutral)]
    [InlineData("Draining", "warn", null, "Draining", StatusTone.Warning)]
    public void State_style_and_health_make_one_status(string state, string? style, HealthStatus? health, string text, StatusTone tone)
    {
        var resource = new Resource { Name = "x", ResourceType = "Project", State = state };
        if (style is not null) resource.StateStyle = style;
        if (health is { } found) resource.HealthReports.Add(new HealthReport { Key = "check", Status = found });

        Assert.Equal(new ResourceStatus(text, tone), ResourceStatus.Of(ResourceReader.Read(resource)));
    }

    [Theory]
    [InlineData("http://localhost:5100/lab", true)]
    [InlineData("https://example.org", true)]
    [InlineData("redis://localhost:6379", false)]
    [InlineData("javascript:alert(1)", false)]
    public void Only_addresses_of_pages_become_links(string url, bool canOpen) =>
        Assert.Equal(canOpen, new ResourceAddress("http", url, "", 0, false, false).CanOpen);

    private static Task<RunningDashboard> StartAsync(FakeAppHost host) =>
        RunningDashboard.StartAsync($"ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL={host.Address}", $"Dashboard:ResourceServiceClient:ApiKey={FakeAppHost.Key}");
}
