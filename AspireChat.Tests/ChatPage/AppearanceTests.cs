using AspireChat.Tests.Browser;
using AspireChat.Tests.Client;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AspireChat.Tests.ChatPage;

public sealed class AppearanceTests(BrowserFixture browsers)
{
    private static readonly BrowserNewContextOptions Phone = new() { ViewportSize = new() { Width = 360, Height = 640 }, HasTouch = true };

    [Fact]
    public async Task On_a_phone_nothing_sticks_out_and_the_panel_folds()
    {
        await using var chat = await ChatPageUnderTest.StartAsync(browsers, Phone);
        await chat.EnterAsync(position: """{"epoch":"e1","offset":1}""", messages: Frames.Message(1).Replace("text 1", new string('x', 4_000), StringComparison.Ordinal));
        await Expect(chat.Rows).ToHaveCountAsync(1);
        var panel = chat.Page.GetByRole(AriaRole.Complementary);
        await Expect(panel).ToBeHiddenAsync();

        var facts = chat.Page.Locator("#facts");
        await facts.FocusAsync();
        await chat.Page.Keyboard.PressAsync("Enter");
        await Expect(panel).ToBeVisibleAsync();
        await chat.Page.Keyboard.PressAsync("Escape");

        await Expect(panel).ToBeHiddenAsync();
        await Expect(facts).ToBeFocusedAsync();
        Assert.Equal(360, await chat.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
        Assert.True(await chat.Page.EvaluateAsync<bool>("() => document.getElementById('ledger').scrollWidth <= document.getElementById('ledger').clientWidth"));
    }

    [Fact]
    public async Task It_is_light_or_dark_as_the_system_is_unless_chosen_otherwise()
    {
        await using var chat = await ChatPageUnderTest.StartAsync(browsers, new() { ColorScheme = ColorScheme.Light });
        await chat.EnterAsync();
        var light = await PaperAsync(chat);

        await chat.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        var dark = await PaperAsync(chat);
        await chat.Page.GetByLabel("Light").CheckAsync();

        Assert.NotEqual(light, dark);
        Assert.Equal(light, await PaperAsync(chat));
    }

    [Fact]
    public async Task With_reduced_motion_nothing_moves()
    {
        await using var chat = await ChatPageUnderTest.StartAsync(browsers, new() { ReducedMotion = ReducedMotion.Reduce });
        await chat.EnterAsync();

        await chat.WriteAsync("hello");
        await Expect(chat.Waiting).ToHaveCountAsync(1);

        Assert.Equal(0, await chat.Page.EvaluateAsync<int>("() => document.getAnimations().length"));
    }

    [Fact]
    public async Task A_screen_reader_is_told_what_others_say()
    {
        await using var chat = await ChatPageUnderTest.StartAsync(browsers);
        var connection = await chat.EnterAsync();
        await Expect(chat.Page.GetByRole(AriaRole.Log, new() { Name = "lobby" })).ToBeVisibleAsync();

        await connection.MessageAsync(1);
        await Expect(chat.Page.Locator("#announcer")).ToHaveTextAsync("bob: text 1");
        await connection.MessageAsync(2);
        await connection.MessageAsync(3);

        await Expect(chat.Page.Locator("#announcer")).ToHaveTextAsync("2 new messages");
    }

    [Fact]
    public async Task The_page_asks_nobody_but_its_own_server_and_complains_of_nothing()
    {
        await using var chat = await ChatPageUnderTest.StartAsync(browsers);
        await chat.OpenAsync("/");
        var connection = await chat.EnterAsync();
        await connection.MessageAsync(1);
        await chat.WriteAsync("hello");
        await Expect(chat.Rows).ToHaveCountAsync(1);

        Assert.All(chat.Browser.Requests, address => Assert.Equal(chat.Address.Authority, new Uri(address).Authority));
        Assert.Empty(chat.Browser.Problems);
    }

    private static Task<string> PaperAsync(ChatPageUnderTest chat) =>
        chat.Page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor");
}
