using System.Diagnostics;
using AspireChat.Tests.Browser;
using LocalAspire.Dashboard.Resources;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AspireChat.Tests.Dashboard;

/// <summary>The pages as a person sees them, in a real browser.</summary>
public sealed class PagesTests(BrowserFixture browser)
{
    [Fact]
    public async Task The_trace_list_shows_in_how_many_instances_each_message_was_fanned_out()
    {
        await using var dashboard = await StartAsync();
        SampleStore.Fill(dashboard, messages: 60);
        await using var window = await OpenAsync(dashboard, "traces");
        var page = window.Page;

        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "3 of 3" }).First).ToBeVisibleAsync();
        await page.TakeAsync("dashboard-traces", height: 600);
        await page.GetByRole(AriaRole.Button, new() { Name = "in 1 instance" }).ClickAsync();

        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("show=reach-1"));
        await Expect(page.Locator(".reach-text.alone").First).ToHaveTextAsync("1 of 3");
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "3 of 3" })).ToHaveCountAsync(0);
        Assert.Empty(window.Problems);
        Assert.All(window.Requests, request => Assert.StartsWith(dashboard.Frontend.ToString(), request, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_trace_opens_as_a_waterfall_with_its_logs_and_leads_to_the_upgrade_of_its_connection()
    {
        await using var dashboard = await StartAsync();
        SampleStore.Fill(dashboard, messages: 60);
        var message = dashboard.Telemetry.Traces.Read().Last(trace => trace.Reach == 3 && dashboard.Telemetry.Logs.Read().Any(entry => entry.TraceId == trace.Id));
        await using var window = await OpenAsync(dashboard, $"traces/{message.Id}");
        var page = window.Page;

        await Expect(page.Locator(".waterfall .bar")).ToHaveCountAsync(5);
        await Expect(page.Locator(".lesson")).ToContainTextAsync("3 of 3");
        await Expect(page.Locator(".log-row")).ToContainTextAsync("Fanned out to 12 connections");

        await page.Locator(".waterfall .row:not(.log-row)").First.ClickAsync();
        await Expect(page.Locator(".details")).ToContainTextAsync("chat.backplane.mode");
        await page.TakeAsync("dashboard-trace", height: 600);
        await page.Locator(".details a", new() { HasText = "GET /ws" }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("GET /ws");
        Assert.Empty(window.Problems);
    }

    [Fact]
    public async Task A_dangerous_command_asks_first_and_a_toast_tells_how_it_ended()
    {
        await using var host = await FakeAppHost.StartAsync(SampleResources.All(TimeProvider.System.GetUtcNow()));
        await using var dashboard = await StartAsync(host);
        await using var window = await OpenAsync(dashboard, "");
        var page = window.Page;
        var drain = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "chat-2" }).GetByRole(AriaRole.Button, new() { Name = "Drain" });

        await drain.ClickAsync();
        await Expect(page.GetByText("Drain chat-2? Its clients reconnect elsewhere.")).ToBeVisibleAsync();
        Assert.Empty(host.Commands);
        await page.Locator("fluent-dialog fluent-button", new() { HasText = "Drain" }).ClickAsync();

        await Expect(page.GetByText("Done.")).ToBeVisibleAsync();
        Assert.Equal(("drain", "chat-2"), (host.Commands.Single().CommandName, host.Commands.Single().ResourceName));
        Assert.Empty(window.Problems);
    }

    [Fact]
    public async Task Details_show_the_environment_with_its_values_hidden_until_asked_for()
    {
        await using var host = await FakeAppHost.StartAsync(SampleResources.All(TimeProvider.System.GetUtcNow()));
        await using var dashboard = await StartAsync(host);
        SampleStore.Fill(dashboard, messages: 60);
        await using var window = await OpenAsync(dashboard, "?resource=chat-1");
        var page = window.Page;
        var variable = page.Locator(".values > div").Filter(new() { HasText = "ConnectionStrings__redis" });

        await Expect(variable).ToBeVisibleAsync();
        await Expect(page.GetByText("s3cret!")).ToHaveCountAsync(0);
        await page.TakeAsync("dashboard-resources", height: 600);
        await variable.GetByTitle("Show").ClickAsync();
        await Expect(variable).ToContainTextAsync("s3cret!");

        await page.GotoAsync(new Uri(dashboard.Frontend, "?view=graph").ToString());
        await Expect(page.Locator(".node")).ToHaveCountAsync(5);
        await page.TakeAsync("dashboard-graph", height: 600);
        Assert.Empty(window.Problems);
    }

    [Fact]
    public async Task A_resource_that_exits_is_seen_without_a_reload()
    {
        await using var host = await FakeAppHost.StartAsync(SampleResources.All(TimeProvider.System.GetUtcNow()));
        await using var dashboard = await StartAsync(host);
        await using var window = await OpenAsync(dashboard, "");
        var row = window.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "chat-3" });
        await Expect(row).ToContainTextAsync("Running");

        host.Upsert(SampleResources.Chat("chat-3", TimeProvider.System.GetUtcNow(), state: "Exited"));

        await Expect(row).ToContainTextAsync("Exited");
    }

    [Fact]
    public async Task Details_stay_open_when_a_second_address_of_an_endpoint_comes()
    {
        await using var host = await FakeAppHost.StartAsync(SampleResources.All(TimeProvider.System.GetUtcNow()));
        await using var dashboard = await StartAsync(host);
        await using var window = await OpenAsync(dashboard, "?resource=chat-1");
        var details = window.Page.Locator(".details");
        await Expect(details).ToContainTextAsync("http://localhost:5101");

        var chat = SampleResources.Chat("chat-1", TimeProvider.System.GetUtcNow());
        chat.Urls.Add(new LocalAspire.Protos.ResourceService.V1.Url { EndpointName = "http", FullUrl = "http://localhost:5199" });
        host.Upsert(chat);

        await Expect(details).ToContainTextAsync("http://localhost:5199");
        Assert.Empty(window.Problems);
    }

    [Fact]
    public async Task Logs_are_filtered_by_level_and_text_and_the_address_says_so()
    {
        await using var dashboard = await StartAsync();
        SampleStore.Fill(dashboard, messages: 20);
        await using var window = await OpenAsync(dashboard, "logs?level=warning");
        var page = window.Page;
        await Expect(page.Locator(".rows .row")).ToHaveCountAsync(2);
        await page.TakeAsync("dashboard-logs", height: 600);

        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("backplane");
        await Expect(page.Locator(".rows .row")).ToHaveCountAsync(1);
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("q=backplane"));

        await page.Locator(".rows .row").ClickAsync();
        await Expect(page.Locator(".details .full-message")).ToHaveTextAsync("The backplane refused a message: Redis does not answer.");
        Assert.Empty(window.Problems);
    }

    [Fact]
    public async Task What_is_typed_stays_as_it_was_typed_however_the_address_lags_behind()
    {
        await using var dashboard = await StartAsync();
        SampleStore.Fill(dashboard, messages: 20);
        await using var window = await OpenAsync(dashboard, "logs");
        var page = window.Page;
        var search = page.GetByPlaceholder("Filter by message or category");

        // At this pace what the address was told comes back while more is being typed.
        await search.PressSequentiallyAsync("backplane", new() { Delay = 270 });

        await Expect(search).ToHaveValueAsync("backplane");
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("q=backplane$"));
        await page.GotoAsync(new Uri(dashboard.Frontend, "logs?q=upgrade").ToString());
        await Expect(search).ToHaveValueAsync("upgrade");
    }

    [Fact]
    public async Task A_percentile_is_read_from_the_table_of_a_histogram()
    {
        await using var dashboard = await StartAsync();
        SampleStore.Fill(dashboard, messages: 300);
        await using var window = await OpenAsync(dashboard, "metrics?meter=AspireChat.ChatServer&instrument=chat.delivery.latency&window=1");
        var page = window.Page;
        await Expect(page.Locator(".chart canvas")).ToBeVisibleAsync();
        await Expect(page.Locator(".chart .u-legend")).ToContainTextAsync("P99");
        await page.TakeAsync("dashboard-metrics", height: 600);

        await page.GetByRole(AriaRole.Button, new() { Name = "Table" }).ClickAsync();

        var newest = page.Locator(".chart-table .row").First.Locator("span");
        await Expect(newest).ToHaveCountAsync(4);
        Assert.InRange(double.Parse(await newest.Nth(3).InnerTextAsync(), System.Globalization.CultureInfo.InvariantCulture), 0.0005, 0.02);
        Assert.Empty(window.Problems);
    }

    [Fact]
    public async Task The_console_of_all_resources_is_in_the_order_of_time_and_by_their_names()
    {
        await using var host = await FakeAppHost.StartAsync(SampleResources.All(TimeProvider.System.GetUtcNow()));
        host.Write("chat-1", "2026-03-01T12:00:02Z second");
        host.Write("redis", "2026-03-01T12:00:01Z first");
        host.Write("gateway", "2026-03-01T12:00:03Z third");
        await using var dashboard = await StartAsync(host);
        await using var window = await OpenAsync(dashboard, "console");
        var lines = window.Page.Locator(".console .line");

        await Expect(lines.Locator(".line-text")).ToHaveTextAsync(["first", "second", "third"]);
        await Expect(lines.Locator(".resource-tag")).ToHaveTextAsync(["redis", "chat-1", "gateway"]);
    }

    [Fact]
    public async Task The_console_shows_what_a_resource_writes_in_its_colours_as_it_comes()
    {
        await using var host = await FakeAppHost.StartAsync(SampleResources.All(TimeProvider.System.GetUtcNow()));
        host.Write("chat-1", "2026-03-01T12:00:00Z \u001b[32minfo\u001b[0m: started <script>alert(1)</script>");
        await using var dashboard = await StartAsync(host);
        await using var window = await OpenAsync(dashboard, "console/chat-1");
        var page = window.Page;
        await Expect(page.Locator(".ansi-green")).ToHaveTextAsync("info");
        await Expect(page.Locator(".console")).ToContainTextAsync("<script>alert(1)</script>");

        for (var i = 0; i < 500; i++) host.Write("chat-1", $"2026-03-01T12:00:01Z line {i}");

        await Expect(page.Locator(".console")).ToContainTextAsync("line 499");
        await Expect(page.GetByText("line 499")).ToBeInViewportAsync();
        Assert.Empty(window.Problems);
    }

    [Fact]
    public async Task With_full_stores_a_page_is_there_quickly_and_draws_only_what_is_in_view()
    {
        await using var dashboard = await StartAsync();
        SampleStore.Fill(dashboard, messages: 10_500);
        Assert.Equal(10_000, dashboard.Telemetry.Traces.Read().Length);
        await using var window = await OpenAsync(dashboard, "traces");
        var page = window.Page;
        await Expect(page.Locator(".rows .row").First).ToBeVisibleAsync();

        var clock = Stopwatch.StartNew();
        await page.GotoAsync(new Uri(dashboard.Frontend, "traces").ToString());
        await Expect(page.Locator(".rows .row").First).ToBeVisibleAsync();
        TestContext.Current.TestOutputHelper?.WriteLine($"10,000 traces: first row after {clock.ElapsedMilliseconds} ms.");

        Assert.InRange(await page.Locator(".rows .row").CountAsync(), 5, 120);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(30), $"The page took {clock.Elapsed}.");
        await page.Locator(".rows-body").FocusAsync();
        await page.Keyboard.PressAsync("End");
        await Expect(page.Locator(".rows .row").Last).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Home");
        await page.Keyboard.PressAsync("ArrowDown");
        Assert.Empty(window.Problems);
    }

    [Fact]
    public async Task Without_a_login_a_browser_sees_the_form_and_the_token_lets_it_in()
    {
        await using var dashboard = await RunningDashboard.StartAsync();
        await using var window = await browser.NewPageAsync();
        var page = window.Page;
        await page.GotoAsync(new Uri(dashboard.Frontend, "logs").ToString());

        await page.GetByLabel("Token").FillAsync("wrong");
        await page.GetByRole(AriaRole.Button, new() { Name = "Log in" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("not the token of this run");

        await page.GetByLabel("Token").FillAsync(RunningDashboard.BrowserToken);
        await page.GetByRole(AriaRole.Button, new() { Name = "Log in" }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("Structured logs");
        Assert.EndsWith("/logs", page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_lead_between_the_pages_and_dark_is_dark()
    {
        await using var dashboard = await StartAsync();
        await using var window = await OpenAsync(dashboard, "", new() { ColorScheme = ColorScheme.Dark, ViewportSize = new() { Width = 420, Height = 800 } });
        var page = window.Page;
        await Expect(page.Locator("body")).ToHaveAttributeAsync("data-theme", "dark");

        foreach (var (key, title) in new[] { ("t", "Traces"), ("l", "Structured logs"), ("m", "Metrics"), ("c", "Console"), ("r", "Resources") })
        {
            await page.Keyboard.PressAsync(key);
            await Expect(page.Locator("h1")).ToHaveTextAsync(title);
        }

        await page.Keyboard.PressAsync("?");
        await Expect(page.GetByText("Keyboard shortcuts")).ToBeVisibleAsync();
        Assert.Empty(window.Problems);
    }

    private static async Task<RunningDashboard> StartAsync(FakeAppHost? host = null)
    {
        if (host is null) return await RunningDashboard.StartAsync();

        var dashboard = await RunningDashboard.StartAsync($"ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL={host.Address}", $"Dashboard:ResourceServiceClient:ApiKey={FakeAppHost.Key}");
        await Eventually.Is("the host's resources are there", () => dashboard.Service<AppResources>().All.Count > 0);
        return dashboard;
    }

    private async Task<BrowserPage> OpenAsync(RunningDashboard dashboard, string path, BrowserNewContextOptions? options = null)
    {
        var window = await browser.NewPageAsync(options ?? new() { ViewportSize = new() { Width = 1500, Height = 850 } });
        SetDefaultExpectTimeout(60_000);
        await window.Page.GotoAsync($"{dashboard.Login}&returnUrl={Uri.EscapeDataString($"/{path}")}");
        await window.Page.Locator("h1").WaitForAsync();
        return window;
    }
}
