using System.Text.RegularExpressions;
using AspireChat.Client;
using AspireChat.Tests.Browser;
using AspireChat.Tests.EndToEnd;
using static Microsoft.Playwright.Assertions;

namespace AspireChat.Tests.ChatPage;

/// <summary>The page in the real app.</summary>
public sealed partial class ChatPageEndToEndTests(BrowserFixture browsers, SharedChatApp shared)
{
    [Fact]
    public async Task The_page_and_a_client_of_another_instance_see_each_other()
    {
        await using var browser = await browsers.NewPageAsync();
        var page = browser.Page;
        var app = await shared.GetAsync();
        await page.GotoAsync(new Uri(app.Gateway, "/?room=page-and-client&name=ada").AbsoluteUri);
        await Expect(page.Locator("#served-instance")).ToHaveTextAsync(AnInstance(), new() { Timeout = 60_000 });
        var served = await page.Locator("#served-instance").TextContentAsync();

        var other = app.Instances.First(instance => instance != served);
        await using var client = await ChatClient.ConnectAsync(new() { Address = app.Socket(other), Name = "bob" }, TestContext.Current.CancellationToken);
        var room = await client.JoinAsync("page-and-client", cancellationToken: TestContext.Current.CancellationToken);
        await room.SendAsync("from the client", cancellationToken: TestContext.Current.CancellationToken);

        var row = page.Locator("#rows > li");
        await Expect(row).ToContainTextAsync("from the client");
        await Expect(row.Locator(".row__instance")).ToHaveTextAsync(other);
        await Expect(page.Locator("#people")).ToContainTextAsync("bob");

        await page.GetByLabel("Message").FillAsync("from the page");
        await page.Keyboard.PressAsync("Enter");

        var heard = new List<string>();
        await foreach (var message in room.ReadMessagesAsync(TestContext.Current.CancellationToken))
        {
            heard.Add($"{message.Name}: {message.Text}");
            if (heard.Count == 2) break;
        }

        Assert.Equal(["bob: from the client", "ada: from the page"], heard);
        await Expect(page.Locator("#waiting > li")).ToHaveCountAsync(0);
        Assert.Empty(browser.Problems);
    }

    [GeneratedRegex("^chat-")]
    private static partial Regex AnInstance();
}
