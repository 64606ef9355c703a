using Aspire.Hosting.ApplicationModel;
using AspireChat.Tests.Browser;
using AspireChat.Tests.EndToEnd;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AspireChat.Tests.AppHost;

/// <summary>From the chat page into the dashboard of the real app, as a person goes.</summary>
[Collection(nameof(CommandedApp))]
public sealed class FollowAMessageTests(CommandedApp commanded, BrowserFixture browsers)
{
    [Fact]
    public async Task A_message_is_three_clicks_from_its_trace_over_all_instances()
    {
        await using var browser = await browsers.NewPageAsync(new() { ViewportSize = new() { Width = 1500, Height = 850 } });
        SetDefaultExpectTimeout(60_000);
        var app = await commanded.GetAsync();
        var room = Conversation.NewRoom();
        var members = await Conversation.JoinEachAsync(app, room);
        await browser.Page.GotoAsync((await commanded.DashboardLoginAsync()).ToString());
        await browser.Page.GotoAsync(new Uri(app.Gateway, $"/?room={room}&name=ada").AbsoluteUri);
        await browser.Page.GetByLabel("Message").FillAsync("follow me");
        await browser.Page.Keyboard.PressAsync("Enter");
        var row = browser.Page.Locator("#rows > li").Filter(new() { HasText = "follow me" });

        // One: the message. Two: its trace in the list, where it is the only one.
        await row.HoverAsync();
        var dashboard = await browser.Page.Context.RunAndWaitForPageAsync(() => row.GetByText("trace").ClickAsync());
        var trace = dashboard.Locator(".rows .row");
        await Expect(trace).ToHaveCountAsync(1);
        await Expect(trace).ToContainTextAsync("3 of 3");
        await trace.ClickAsync();

        await Expect(dashboard.Locator(".lesson")).ToContainTextAsync("3 of 3");
        await Expect(dashboard.Locator(".waterfall .bar")).ToHaveCountAsync(5);
        foreach (var instance in app.Instances) await Expect(dashboard.Locator(".waterfall .row").Filter(new() { HasText = "deliver" }).Filter(new() { HasText = instance })).ToHaveCountAsync(1);
        foreach (var member in members) await member.DisposeAsync();
        Assert.Empty(browser.Problems);
    }

    [Fact]
    public async Task Neither_traces_nor_logs_are_full_of_probes_of_health()
    {
        await using var browser = await browsers.NewPageAsync();
        SetDefaultExpectTimeout(60_000);
        var app = await commanded.GetAsync();
        await using (await Conversation.JoinAsync(app.Gateway, Conversation.NewRoom(), "ada"))
        {
            // A connection that ends leaves the trace of its upgrade.
        }

        var page = browser.Page;
        var login = await commanded.DashboardLoginAsync();
        await page.GotoAsync(login.ToString());
        await page.GotoAsync(new Uri(login, "/traces?filters=url.full:contains:/health").ToString());
        await Expect(page.GetByText("No trace is as asked")).ToBeVisibleAsync();
        await page.GotoAsync(new Uri(login, "/logs?q=health").ToString());
        await Expect(page.GetByText("No entry is as asked").Or(page.Locator(".rows .row", new() { HasText = "Active health state" }).First)).ToBeVisibleAsync();
        await Expect(page.Locator(".rows .row", new() { HasText = "/health" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Traces_are_not_full_of_what_the_lab_s_page_polls()
    {
        await using var browser = await browsers.NewPageAsync();
        SetDefaultExpectTimeout(60_000);
        var app = await commanded.GetAsync();
        var page = browser.Page;
        var login = await commanded.DashboardLoginAsync();
        await page.GotoAsync(login.ToString());
        await page.APIRequest.GetAsync(new Uri(app.Gateway, "/lab/surroundings").ToString());

        // Spans of one process come in the order in which they ended: what this one follows would be there before it.
        await page.APIRequest.GetAsync(new Uri(app.Gateway, "/lab/surroundings-and-more").ToString());

        await page.GotoAsync(new Uri(login, "/traces?filters=url.path:contains:/lab/surroundings").ToString());
        await Expect(page.Locator(".rows .row")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_command_of_the_real_app_is_run_from_its_page()
    {
        await using var browser = await browsers.NewPageAsync(new() { ViewportSize = new() { Width = 1500, Height = 850 } });
        SetDefaultExpectTimeout(60_000);
        var app = await commanded.GetAsync();
        var page = browser.Page;
        await page.GotoAsync((await commanded.DashboardLoginAsync()).ToString());
        var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "chat-3" });

        await row.GetByTitle("Kill: ").ClickAsync();
        await page.Locator("fluent-dialog fluent-button", new() { HasText = "Kill" }).ClickAsync();

        await Expect(page.GetByText("Done.")).ToBeVisibleAsync();
        await Expect(row).ToContainTextAsync("Exited");
        await app.App.ResourceNotifications.WaitForResourceAsync("chat-3", KnownResourceStates.Exited, TestContext.Current.CancellationToken);
        Assert.Empty(browser.Problems);
    }
}
