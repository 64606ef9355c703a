using AspireChat.Tests.Browser;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AspireChat.Tests.Lab;

[Collection(nameof(LabApp))]
public sealed class LabPageTests(BrowserFixture browsers, LabApp app)
{
    [Fact(Explicit = true)]
    public async Task The_code_leaves_the_address_and_everything_comes_from_the_gateway()
    {
        await using var lab = await app.OpenAsync(browsers);
        var gateway = (await app.GetAsync()).Gateway;

        await lab.SpeakAsync("fox");
        await lab.SettleAsync();

        Assert.Equal(new Uri(gateway, "/lab/").AbsoluteUri, lab.Page.Url);
        Assert.Empty(lab.Browser.Problems);
        Assert.All(lab.Browser.Requests, address => Assert.Equal(gateway.Authority, new Uri(address).Authority));
    }

    [Fact(Explicit = true)]
    public async Task Without_a_session_the_page_is_read_only_and_says_so()
    {
        await using var browser = await browsers.NewPageAsync();
        await using var lab = new LabPage(browser);
        await lab.OpenAsync(new Uri((await app.GetAsync()).Gateway, "/lab"));

        await Expect(lab.Page.Locator("#read-only")).ToBeVisibleAsync();
        foreach (var button in await lab.Acts.AllAsync()) await Expect(button).ToBeDisabledAsync();
        foreach (var button in await lab.Faults.AllAsync()) await Expect(button).ToBeDisabledAsync();

        await lab.SpeakAsync("fox");
        await lab.SettleAsync();
        Assert.Equal(6, await lab.CountAsync("delivered"));
    }

    [Fact(Explicit = true)]
    public async Task A_code_that_is_spent_is_told()
    {
        await using var opened = await app.OpenAsync(browsers);
        await using var browser = await browsers.NewPageAsync();
        await using var lab = new LabPage(browser);
        await lab.OpenAsync(new Uri((await app.GetAsync()).Gateway, "/lab#code=0123456789abcdef"));

        await Expect(lab.Page.Locator("#notice")).ToContainTextAsync("The code is wrong, was used before or is too old");
        await Expect(lab.Page.Locator("#read-only")).ToBeVisibleAsync();
        Assert.DoesNotContain("code", lab.Page.Url);
    }

    [Fact(Explicit = true)]
    public async Task The_matrix_shows_each_message_at_each_client()
    {
        await using var lab = await app.OpenAsync(browsers);
        await lab.BeginActAsync("local");

        await lab.SpeakAsync("fox");
        await lab.SettleAsync();

        var row = lab.Page.Locator("#matrix tbody tr").First;
        await Expect(row.Locator("th")).ToHaveTextAsync("fox");
        await Expect(row.Locator("td[data-kind=received]")).ToHaveCountAsync(2);
        await Expect(row.Locator("td[data-kind=missed][aria-label=missed]")).ToHaveCountAsync(4);
    }

    [Fact(Explicit = true)]
    public async Task Clients_come_and_go_by_a_click()
    {
        await using var lab = await app.OpenAsync(browsers);
        var clients = lab.Page.Locator(".client[data-state=present]");

        await lab.Page.Locator("#more").ClickAsync();
        await Expect(clients).ToHaveCountAsync(7);
        await lab.Page.GetByLabel("Remove owl").DispatchEventAsync("click");
        await Expect(clients).ToHaveCountAsync(6);
        await Expect(lab.Page.Locator(".client[data-client=owl]")).ToHaveCountAsync(0);
        await lab.Page.Locator("#crowd").ClickAsync();
        await Expect(clients).ToHaveCountAsync(60, new() { Timeout = 60_000 });

        await lab.SpeakAsync("fox");
        await lab.SettleAsync();
        Assert.Equal((60, 0), (await lab.CountAsync("delivered"), await lab.CountAsync("missed")));
    }

    [Fact(Explicit = true)]
    public async Task The_tour_teaches_the_lesson_in_five_steps()
    {
        await using var lab = await app.OpenAsync(browsers);
        var tour = lab.Page.Locator("#tour");
        await lab.Page.Locator("#tour-start").ClickAsync();

        await StepAsync("4 of 6 clients never heard it");
        await StepAsync("All 6 heard it.");
        await StepAsync("deliveries are lost for good");
        await StepAsync("The same cut, and all");
        await tour.GetByLabel("Your message").FillAsync("to be followed");
        await StepAsync("6 received it.");

        await Expect(tour).ToBeHiddenAsync();

        async Task StepAsync(string outcome)
        {
            await tour.Locator(".button--strong").First.ClickAsync();
            await Expect(tour.Locator(".outcome")).ToContainTextAsync(outcome, new() { Timeout = 120_000 });
            await tour.Locator("[data-next]").ClickAsync();
        }
    }

    [Fact(Explicit = true)]
    public async Task It_works_by_keyboard_and_without_motion()
    {
        await using var lab = await app.OpenAsync(browsers, new() { ReducedMotion = ReducedMotion.Reduce });
        await lab.Page.Locator(".client[data-client=fox] .speak").FocusAsync();

        await lab.Page.Keyboard.PressAsync("Enter");
        await lab.SettleAsync();

        Assert.Equal(1, await lab.CountAsync("sent"));
        await Expect(lab.Page.Locator("#announcer")).ToContainTextAsync("1 message sent");
    }

    [Theory(Explicit = true)]
    [InlineData(1920, 1080)]
    [InlineData(390, 844)]
    [InlineData(360, 640)]
    public async Task Nothing_is_wider_than_the_screen(int width, int height)
    {
        await using var lab = await app.OpenAsync(browsers, new() { ViewportSize = new() { Width = width, Height = height } });

        var widest = await lab.Page.EvaluateAsync<int>("document.documentElement.scrollWidth");

        Assert.True(widest <= width, $"The page is {widest} wide on a screen of {width}.");
    }
}
