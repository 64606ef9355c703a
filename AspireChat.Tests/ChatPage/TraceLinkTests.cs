using AspireChat.Tests.Browser;
using static AspireChat.Tests.ChatPage.ChatPageUnderTest;

namespace AspireChat.Tests.ChatPage;

public sealed class TraceLinkTests(BrowserFixture browsers)
{
    private const string Message = """{"type":"message","room":"lobby","offset":1,"id":"m-1","name":"bob","text":"hello","at":"2026-01-01T10:00:00Z","instance":"chat-2"}""";

    [Fact]
    public async Task A_message_leads_to_its_trace_where_there_is_a_dashboard()
    {
        await using var chat = await StartAsync(browsers, dashboard: "http://localhost:15080");
        await chat.EnterAsync(position: """{"epoch":"e1","offset":1}""", messages: Message);

        await Expect(chat.Rows.Locator(".row__trace")).ToHaveAttributeAsync("href", "http://localhost:15080/traces?filters=messaging.message.id%3Aequals%3Am-1");
        Assert.Empty(chat.Browser.Problems);
    }

    [Fact]
    public async Task Without_a_dashboard_there_is_no_such_link()
    {
        await using var chat = await StartAsync(browsers);
        var asked = chat.Page.WaitForResponseAsync("**/dashboard");
        await chat.EnterAsync(position: """{"epoch":"e1","offset":1}""", messages: Message);
        await (await asked).FinishedAsync();

        await Expect(chat.Rows).ToContainTextAsync("hello");
        await Expect(chat.Rows.Locator(".row__trace")).ToHaveCountAsync(0);
        Assert.Empty(chat.Browser.Problems);
    }
}
