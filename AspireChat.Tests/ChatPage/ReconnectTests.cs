using System.Text.RegularExpressions;
using AspireChat.Tests.Browser;
using AspireChat.Tests.Client;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AspireChat.Tests.ChatPage;

public sealed class ReconnectTests(BrowserFixture browsers)
{
    [Fact]
    public async Task After_a_crash_of_its_instance_the_page_resumes_and_shows_what_was_missed_once()
    {
        await using var chat = await ChatPageUnderTest.StartAsync(browsers);
        var crashed = await chat.EnterAsync();
        await crashed.MessageAsync(1);
        await Expect(chat.Rows).ToHaveCountAsync(1);

        crashed.Abort();
        var next = await chat.Server.WelcomeNextAsync();
        var join = await next.AdmitAsync(recovered: true, position: """{"epoch":"e1","offset":3}""", messages: Frames.Messages(2, 3));
        await next.MessageAsync(3);
        await next.MessageAsync(4);

        Assert.Equal("""{"epoch":"e1","offset":1,"id":"m1","name":"bob"}""", join.GetProperty("since").GetRawText());
        await Expect(chat.Rows.Locator(".row__offset")).ToHaveTextAsync(["1", "2", "3", "4"]);
        await Expect(chat.Status).ToHaveTextAsync("Back, served by chat-1. Nothing was missed.");
        await Expect(chat.Status).ToBeHiddenAsync();
    }

    [Fact]
    public async Task A_message_written_while_the_connection_is_away_goes_out_once_it_is_back()
    {
        await using var chat = await ChatPageUnderTest.StartAsync(browsers);
        var crashed = await chat.EnterAsync();
        chat.Server.RefuseNext(503);
        crashed.Abort();

        await chat.WriteAsync("hello");
        await Expect(chat.Waiting).ToContainTextAsync("On its way…");
        var next = await chat.Server.WelcomeNextAsync();
        await next.AdmitAsync(recovered: true);

        var send = await next.ReceiveAsync("send");
        Assert.Equal("hello", send.GetProperty("text").GetString());
    }

    [Fact]
    public async Task A_wait_is_counted_down_and_can_be_cut_short()
    {
        await using var chat = await ChatPageUnderTest.StartAsync(browsers);
        var connection = await chat.EnterAsync();

        await connection.CloseAsync(4503);
        await Expect(chat.Status).ToHaveTextAsync(new Regex(@"^Too much was sent too fast\. Next try in \d+ s\.Try now$"));
        await chat.Page.GetByRole(AriaRole.Button, new() { Name = "Try now" }).ClickAsync();

        await (await chat.Server.WelcomeNextAsync()).AdmitAsync(recovered: true);
        await Expect(chat.Status).ToContainTextAsync("Back, served by chat-1.");
    }

    [Fact]
    public async Task A_draining_instance_passes_the_page_on()
    {
        await using var chat = await ChatPageUnderTest.StartAsync(browsers);
        var draining = await chat.EnterAsync();

        await draining.SendAsync("""{"type":"reconnect","reason":"draining","afterMs":500}""");
        await Expect(chat.Status).ToHaveTextAsync("chat-1 is being shut down in good order. You are moved to another instance.");
        await draining.CloseAsync(1001);

        await (await chat.Server.WelcomeNextAsync()).AdmitAsync(recovered: true);
        await Expect(chat.Status).ToContainTextAsync("Nothing was missed.");
    }

    [Fact]
    public async Task A_gap_that_cannot_be_filled_is_admitted()
    {
        await using var chat = await ChatPageUnderTest.StartAsync(browsers);
        var connection = await chat.EnterAsync();
        await connection.MessageAsync(1);
        await Expect(chat.Rows).ToHaveCountAsync(1);
        connection.Abort();

        await (await chat.Server.WelcomeNextAsync()).AdmitAsync(position: """{"epoch":"e2","offset":41}""", messages: Frames.Messages(40, 41));

        await Expect(chat.Rows.Locator(".row__offset")).ToHaveTextAsync(["40", "41"]);
        await Expect(chat.Notices).ToHaveTextAsync("The connection was away for too long to fill the gap. This is what the room has now.");
    }

    [Fact]
    public async Task Without_a_stream_what_was_shown_stays_and_the_break_is_admitted()
    {
        await using var chat = await ChatPageUnderTest.StartAsync(browsers);
        var connection = await chat.EnterAsync("pubsub", position: null);
        await connection.SendAsync(Frames.Unplaced("a"));
        await Expect(chat.Rows).ToHaveCountAsync(1);
        connection.Abort();

        await (await chat.Server.WelcomeNextAsync("pubsub")).AdmitAsync(position: null);

        await Expect(chat.Rows).ToHaveCountAsync(2);
        await Expect(chat.Notices).ToHaveTextAsync("What was said while the connection was away may be missing.");
    }

    [Fact]
    public async Task A_resync_shows_what_the_room_has_now_and_says_so()
    {
        await using var chat = await ChatPageUnderTest.StartAsync(browsers);
        var connection = await chat.EnterAsync();
        await connection.MessageAsync(1);
        await connection.MessageAsync(2);

        await connection.SendAsync($$"""{"type":"resync","room":"lobby","position":{"epoch":"e2","offset":1},"messages":[{{Frames.Message(1)}}]}""");

        await Expect(chat.Rows).ToHaveCountAsync(2);
        await Expect(chat.Notices).ToHaveTextAsync("The server lost part of this room. This is what it has now.");
    }

    [Fact]
    public async Task A_close_that_is_final_is_said_and_can_be_taken_back_by_hand()
    {
        await using var chat = await ChatPageUnderTest.StartAsync(browsers);
        var connection = await chat.EnterAsync();

        await connection.CloseAsync(4501);
        await Expect(chat.Status).ToContainTextAsync("The server does not let this client in. There will be no further try.");
        await chat.Page.GetByRole(AriaRole.Button, new() { Name = "Connect again" }).ClickAsync();

        await (await chat.Server.WelcomeNextAsync()).AdmitAsync();
        await Expect(chat.Status).ToBeHiddenAsync();
    }
}
