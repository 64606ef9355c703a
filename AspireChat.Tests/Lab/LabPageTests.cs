using AspireChat.Tests.Browser;
using static Microsoft.Playwright.Assertions;

namespace AspireChat.Tests.Lab;

/// <summary>The lab's page in Chromium, on the real app.</summary>
[Collection(nameof(LabApp))]
public sealed class LabPageTests(BrowserFixture browsers, LabApp app)
{
    [Fact]
    public async Task The_code_leaves_the_address_and_everything_comes_from_the_gateway()
    {
        await using var lab = await app.OpenAsync(browsers);
        var gateway = (await app.GetAsync()).Gateway;
        await lab.BeginActAsync("stream");

        await lab.SpeakAsync("fox");
        await lab.SettleAsync();

        Assert.Equal(new Uri(gateway, "/lab/").AbsoluteUri, lab.Page.Url);
        Assert.Empty(lab.Browser.Problems);
        Assert.All(lab.Browser.Requests, address => Assert.Equal(gateway.Authority, new Uri(address).Authority));
    }

    [Fact]
    public async Task Without_a_session_the_page_is_read_only_and_says_so()
    {
        await using var lab = await OpenStrangerAsync("/lab");

        await Expect(lab.Page.Locator("#read-only")).ToBeVisibleAsync();
        foreach (var button in await lab.Acts.AllAsync()) await Expect(button).ToBeDisabledAsync();
        foreach (var button in await lab.Faults.AllAsync()) await Expect(button).ToBeDisabledAsync();

        await lab.SpeakAsync("fox");
        await lab.SettleAsync();
        Assert.Equal(6, await lab.CountAsync("delivered"));
    }

    [Fact]
    public async Task A_code_that_is_spent_is_told()
    {
        await using var lab = await OpenStrangerAsync("/lab#code=0123456789abcdef");

        await Expect(lab.Notice).ToContainTextAsync("The code is wrong, was used before or is too old");
        await Expect(lab.Page.Locator("#read-only")).ToBeVisibleAsync();
        Assert.DoesNotContain("code", lab.Page.Url);
    }

    [Fact]
    public async Task A_reload_keeps_the_session_and_its_end_is_told()
    {
        await using var lab = await app.OpenAsync(browsers);
        await lab.BeginActAsync("pubsub");

        await lab.Page.ReloadAsync();
        await lab.WaitUntilItMayActAsync();
        await Expect(lab.Act("pubsub")).ToHaveAttributeAsync("aria-pressed", "true");

        await lab.Page.Context.ClearCookiesAsync();
        await lab.Act("stream").ClickAsync();
        await Expect(lab.Notice).ToContainTextAsync("session has ended");
        await Expect(lab.Act("stream")).ToBeDisabledAsync();
        await Expect(lab.Page.Locator("#read-only")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Clients_come_and_go_by_a_click()
    {
        await using var lab = await app.OpenAsync(browsers);
        await lab.BeginActAsync("stream");
        var clients = lab.Page.Locator(".client[data-state=present]");

        await lab.Page.Locator("#more").ClickAsync();
        await Expect(clients).ToHaveCountAsync(7);
        await lab.Page.GetByLabel("Remove owl").DispatchEventAsync("click");
        await Expect(clients).ToHaveCountAsync(6);
        await Expect(lab.Page.Locator(".client[data-client=owl]")).ToHaveCountAsync(0);
        await lab.Page.Locator("#crowd").ClickAsync();
        await Expect(clients).ToHaveCountAsync(60);

        await lab.SpeakAsync("fox");
        await lab.SettleAsync();
        Assert.Equal((60, 0), (await lab.CountAsync("delivered"), await lab.CountAsync("missed")));
    }

    [Fact]
    public async Task Nothing_is_wider_than_the_screen()
    {
        await using var lab = await app.OpenAsync(browsers);

        foreach (var (width, height) in new[] { (1920, 1080), (1440, 900), (820, 1180), (390, 844), (360, 640) })
        {
            await lab.Page.SetViewportSizeAsync(width, height);
            var widest = await lab.Page.EvaluateAsync<int>("document.documentElement.scrollWidth");
            Assert.True(widest <= width, $"The page is {widest} wide on a screen of {width}.");
        }
    }

    private async Task<LabPage> OpenStrangerAsync(string path)
    {
        var chat = await app.GetAsync();
        await chat.SwitchAsync("stream");
        var lab = new LabPage(await browsers.NewPageAsync());
        await lab.OpenAsync(new Uri(chat.Gateway, path));
        return lab;
    }
}
