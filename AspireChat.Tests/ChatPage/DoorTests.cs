using AspireChat.Tests.Browser;
using static Microsoft.Playwright.Assertions;

namespace AspireChat.Tests.ChatPage;

public sealed class DoorTests(BrowserFixture browsers)
{
    [Fact]
    public async Task A_person_says_who_they_are_and_is_in_the_room()
    {
        await using var chat = await ChatPageUnderTest.StartAsync(browsers);
        await chat.OpenAsync("/");

        await chat.Page.GetByLabel("Your name").FillAsync("  ada ");
        await chat.Page.GetByLabel("Room", new() { Exact = true }).FillAsync("tea party");
        await chat.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Enter" }).ClickAsync();
        var connection = await chat.Server.WelcomeNextAsync();
        var join = await connection.AdmitAsync("tea-party");

        Assert.Equal("ada", join.GetProperty("name").GetString());
        await Expect(chat.Page.Locator("#room-name")).ToHaveTextAsync("tea-party");
        await Expect(chat.Page.Locator("#served-instance")).ToHaveTextAsync("chat-1");
        await Expect(chat.Page.Locator("#mode-name")).ToHaveTextAsync("stream");
        await Expect(chat.Page.Locator("#people")).ToHaveTextAsync("adayou");
        Assert.EndsWith("/#tea-party", chat.Page.Url);
    }

    [Theory]
    [InlineData("/?room=tea&name=ada")]
    [InlineData("/?name=ada#tea")]
    public async Task An_address_with_room_and_name_leads_right_in(string address)
    {
        await using var chat = await ChatPageUnderTest.StartAsync(browsers);

        await chat.OpenAsync(address);

        var join = await (await chat.Server.WelcomeNextAsync()).AdmitAsync("tea");
        Assert.Equal("ada", join.GetProperty("name").GetString());
    }

    [Fact]
    public async Task The_name_is_remembered_and_a_reload_leads_back()
    {
        await using var chat = await ChatPageUnderTest.StartAsync(browsers);
        await chat.OpenAsync("/");
        await chat.Page.GetByLabel("Your name").FillAsync("ada");
        await chat.Page.Keyboard.PressAsync("Enter");
        await (await chat.Server.WelcomeNextAsync()).AdmitAsync();

        await chat.Page.ReloadAsync();

        var join = await (await chat.Server.WelcomeNextAsync()).AdmitAsync();
        Assert.Equal("ada", join.GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("", "lobby", "Please tell who you are.")]
    [InlineData("a\u200bda", "lobby", "A name has no invisible characters.")]
    [InlineData("ada", "", "Please name a room.")]
    [InlineData("ada", "tea/party", "A room’s name is made of letters A–Z, digits, dot, dash and underscore.")]
    public async Task What_is_wrong_is_said_before_the_server_has_to(string name, string room, string expected)
    {
        await using var chat = await ChatPageUnderTest.StartAsync(browsers);
        await chat.OpenAsync("/");

        await chat.Page.GetByLabel("Your name").FillAsync(name);
        await chat.Page.GetByLabel("Room", new() { Exact = true }).FillAsync(room);
        await chat.Page.Keyboard.PressAsync("Enter");

        await Expect(chat.Page.GetByText(expected)).ToBeVisibleAsync();
        await Expect(chat.Page.Locator("[aria-invalid=true]")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Who_is_refused_is_back_at_the_door_with_the_reason()
    {
        await using var chat = await ChatPageUnderTest.StartAsync(browsers);
        await chat.OpenAsync("/?room=lobby&name=ada");
        var connection = await chat.Server.WelcomeNextAsync();

        await connection.ReceiveAsync("join");
        await connection.SendAsync("""{"type":"error","room":"lobby","code":"bad_name","message":"That name is taken."}""");

        await Expect(chat.Page.GetByText("That name is taken.")).ToBeVisibleAsync();
        await Expect(chat.Page.GetByLabel("Your name")).ToHaveValueAsync("ada");
    }

    [Fact]
    public async Task Leaving_leads_to_the_door_and_closes_the_connection()
    {
        await using var chat = await ChatPageUnderTest.StartAsync(browsers);
        var connection = await chat.EnterAsync();

        await chat.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Leave" }).ClickAsync();

        await connection.ReceiveCloseAsync();
        await Expect(chat.Page.GetByLabel("Your name")).ToBeVisibleAsync();
    }
}
