using AspireChat.Tests.Browser;
using AspireChat.Tests.Client;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AspireChat.Tests.ChatPage;

public sealed class LongRoomTests(BrowserFixture browsers)
{
    [Fact]
    public async Task However_many_messages_come_the_page_holds_few_rows_and_all_can_be_scrolled_to()
    {
        await using var chat = await ChatPageUnderTest.StartAsync(browsers);
        var connection = await chat.EnterAsync();

        for (var offset = 1; offset <= 3_000; offset++) await connection.MessageAsync(offset);
        await Expect(Offsets(chat).Last).ToHaveTextAsync("3000");
        Assert.InRange(await chat.Rows.CountAsync(), 1, 300);

        await Eventually.Is("the first message was scrolled to", async () =>
        {
            await chat.Page.EvaluateAsync("() => document.getElementById('ledger').scrollBy(0, -20_000)");
            Assert.InRange(await chat.Rows.CountAsync(), 1, 300);
            return await Offsets(chat).First.TextContentAsync() == "1";
        });
    }

    [Fact]
    public async Task Who_has_scrolled_up_stays_there_and_is_told_of_the_new()
    {
        await using var chat = await ChatPageUnderTest.StartAsync(browsers);
        var connection = await chat.EnterAsync(position: """{"epoch":"e1","offset":100}""", messages: Frames.Messages(1, 100));
        await Expect(Offsets(chat).Last).ToHaveTextAsync("100");

        await chat.Page.EvaluateAsync("() => document.getElementById('ledger').scrollBy(0, -600)");
        var newer = chat.Page.Locator("#newer");
        await Expect(newer).ToHaveTextAsync("To the newest ↓");
        var before = await TopRowAsync(chat);
        await connection.MessageAsync(101);
        await connection.MessageAsync(102);

        await Expect(newer).ToHaveTextAsync("2 new messages ↓");
        Assert.Equal(before, await TopRowAsync(chat));

        await newer.ClickAsync();
        await Expect(newer).ToBeHiddenAsync();
        await Expect(chat.Rows.Filter(new() { HasText = "text 102" })).ToBeInViewportAsync();
        await Expect(chat.Rows.Filter(new() { HasText = "text 101" }).GetByText("New", new() { Exact = true })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Who_reads_the_newest_keeps_it_in_sight_when_the_room_gets_smaller()
    {
        await using var chat = await ChatPageUnderTest.StartAsync(browsers);
        await chat.EnterAsync(position: """{"epoch":"e1","offset":100}""", messages: Frames.Messages(1, 100));
        await Expect(Offsets(chat).Last).ToBeInViewportAsync();

        await chat.Page.SetViewportSizeAsync(360, 300);

        await Expect(Offsets(chat).Last).ToBeInViewportAsync();
    }

    private static ILocator Offsets(ChatPageUnderTest chat) => chat.Rows.Locator(".row__offset");

    /// <summary>The row at the top of what is in sight, and where exactly it is.</summary>
    private static Task<string> TopRowAsync(ChatPageUnderTest chat) => chat.Page.EvaluateAsync<string>(
        """
        () => {
          const { top } = document.getElementById('ledger').getBoundingClientRect();
          const row = [...document.querySelectorAll('#rows > li')].find(each => each.getBoundingClientRect().bottom > top);
          return `${row.dataset.key} at ${Math.round(row.getBoundingClientRect().top - top)}`;
        }
        """);
}
