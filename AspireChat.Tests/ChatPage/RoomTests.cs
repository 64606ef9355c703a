using System.Text.Json;
using System.Text.RegularExpressions;
using AspireChat.Tests.Browser;
using AspireChat.Tests.Client;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AspireChat.Tests.ChatPage;

public sealed partial class RoomTests(BrowserFixture browsers)
{
    [Fact]
    public async Task Messages_show_who_said_what_on_which_instance_and_their_place()
    {
        await using var chat = await ChatPageUnderTest.StartAsync(browsers);
        var connection = await chat.EnterAsync(position: """{"epoch":"e1","offset":2}""", messages: Frames.Messages(1, 2));

        await connection.MessageAsync(3);

        await Expect(chat.Rows).ToHaveCountAsync(3);
        await Expect(chat.Rows.First).ToContainTextAsync("bob");
        await Expect(chat.Rows.First).ToContainTextAsync("chat-2");
        await Expect(chat.Rows.Last).ToContainTextAsync("text 3");
        await Expect(chat.Rows.Last.Locator(".row__offset")).ToHaveTextAsync("3");
    }

    [Fact]
    public async Task An_own_message_waits_until_it_has_its_place()
    {
        await using var chat = await ChatPageUnderTest.StartAsync(browsers);
        var connection = await chat.EnterAsync();

        await chat.WriteAsync("hello");
        await connection.ReceiveAsync("typing");
        var send = await connection.ReceiveAsync("send");
        Assert.Equal("hello", send.GetProperty("text").GetString());
        await Expect(chat.Waiting).ToContainTextAsync("hello");
        await Expect(chat.Rows).ToHaveCountAsync(0);

        await connection.AckAsync(send);
        await connection.SendAsync(Own(send, 1));

        await Expect(chat.Waiting).ToHaveCountAsync(0);
        await Expect(chat.Rows).ToHaveClassAsync(OwnRow());
        await Expect(chat.Page.GetByLabel("Message")).ToHaveValueAsync("");
    }

    [Fact]
    public async Task Without_a_stream_an_own_message_is_there_once_whether_it_or_its_acknowledgement_comes_first()
    {
        await using var chat = await ChatPageUnderTest.StartAsync(browsers);
        var connection = await chat.EnterAsync("pubsub", position: null);

        await chat.WriteAsync("one");
        await connection.ReceiveAsync("typing");
        var first = await connection.ReceiveAsync("send");
        await connection.SendAsync(Ack(first));
        await connection.SendAsync(Own(first));
        await chat.WriteAsync("two");
        var second = await connection.ReceiveAsync("send");
        await connection.SendAsync(Own(second));
        await connection.SendAsync(Ack(second));
        await connection.SendAsync(Frames.Unplaced("last"));

        await Expect(chat.Rows).ToHaveCountAsync(3);
        await Expect(chat.Waiting).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_refused_message_can_be_tried_again_or_discarded()
    {
        await using var chat = await ChatPageUnderTest.StartAsync(browsers);
        var connection = await chat.EnterAsync();

        await chat.WriteAsync("hello");
        await connection.ReceiveAsync("typing");
        var send = await connection.ReceiveAsync("send");
        await connection.RefuseAsync(send, "bad_text");
        await Expect(chat.Waiting).ToContainTextAsync("The server does not take this text.");

        await chat.Page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        var again = await connection.ReceiveAsync("send");
        Assert.Equal(send.GetProperty("id").GetString(), again.GetProperty("id").GetString());
        await connection.RefuseAsync(again, "bad_text");
        await chat.Page.GetByRole(AriaRole.Button, new() { Name = "Discard" }).ClickAsync();

        await Expect(chat.Waiting).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Whatever_is_written_stays_text()
    {
        const string Hostile = "<img src=x onerror=alert(1)><script>alert(1)</script> javascript:alert(1) https://example.org/?a=1.";
        await using var chat = await ChatPageUnderTest.StartAsync(browsers);
        var connection = await chat.EnterAsync();

        await connection.SendAsync(JsonSerializer.Serialize(new
        {
            type = "message",
            room = "lobby",
            offset = 1,
            id = "x",
            name = "<b>bob</b>",
            text = Hostile,
            at = "2026-01-02T03:04:05Z",
            instance = "<i>chat-2</i>",
        }));
        await connection.SendAsync("""{"type":"presence","room":"lobby","event":"joined","name":"<u>eve</u>","members":2}""");
        await connection.SendAsync("""{"type":"typing","room":"lobby","name":"<u>eve</u>"}""");

        await Expect(chat.Rows.Locator(".row__text")).ToHaveTextAsync(Hostile);
        await Expect(chat.Rows.Locator(".row__name")).ToHaveTextAsync("<b>bob</b>");
        await Expect(chat.Page.Locator("#people")).ToContainTextAsync("<u>eve</u>");
        await Expect(chat.Page.Locator("#typing")).ToContainTextAsync("<u>eve</u>");
        await Expect(chat.Page.Locator("#chat :is(img, script, b:not([class]), u, i)")).ToHaveCountAsync(0);
        var links = await chat.Rows.Locator("a").EvaluateAllAsync<string[]>("links => links.map(link => link.href)");
        Assert.Equal(["https://example.org/?a=1"], links);
    }

    [Fact]
    public async Task Who_is_here_and_who_is_writing_is_shown()
    {
        await using var chat = await ChatPageUnderTest.StartAsync(browsers);
        var connection = await chat.EnterAsync();

        await connection.SendAsync("""{"type":"presence","room":"lobby","event":"joined","name":"bob","members":2}""");
        await connection.SendAsync("""{"type":"typing","room":"lobby","name":"bob"}""");
        await Expect(chat.Page.Locator("#people li")).ToHaveCountAsync(2);
        await Expect(chat.Page.Locator("#typing")).ToHaveTextAsync("bob is writing…");

        await connection.MessageAsync(1);
        await Expect(chat.Page.Locator("#typing")).ToHaveTextAsync("");
        await connection.SendAsync("""{"type":"presence","room":"lobby","event":"left","name":"bob","members":1}""");
        await Expect(chat.Page.Locator("#people li")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task The_mode_is_explained_and_local_comes_with_a_hint()
    {
        await using var chat = await ChatPageUnderTest.StartAsync(browsers);
        var connection = await chat.EnterAsync("local", position: null);
        await Expect(chat.Page.Locator("#hint")).ToHaveTextAsync("Only people served by chat-1 hear each other now. Others in this room may not see you.");

        await connection.SendAsync("""{"type":"backplane","mode":"pubsub"}""");

        await Expect(chat.Page.Locator("#mode-name")).ToHaveTextAsync("pubsub");
        await Expect(chat.Page.Locator("#hint")).ToBeHiddenAsync();
        await Expect(chat.Notices).ToHaveTextAsync("The mode is now pubsub.");
    }

    [Fact]
    public async Task Enter_sends_and_shift_enter_begins_a_line()
    {
        await using var chat = await ChatPageUnderTest.StartAsync(browsers);
        var connection = await chat.EnterAsync();
        await Expect(chat.Page.GetByLabel("Message")).ToBeFocusedAsync();

        await chat.Page.Keyboard.TypeAsync("one");
        await chat.Page.Keyboard.PressAsync("Shift+Enter");
        await chat.Page.Keyboard.TypeAsync("two");
        await chat.Page.Keyboard.PressAsync("Enter");

        await connection.ReceiveAsync("typing");
        Assert.Equal("one\ntwo", (await connection.ReceiveAsync("send")).GetProperty("text").GetString());
    }

    private static string Ack(JsonElement send) =>
        JsonSerializer.Serialize(new { type = "ack", room = "lobby", id = send.GetProperty("id").GetString() });

    private static string Own(JsonElement send, long? offset = null)
    {
        var (id, text) = (send.GetProperty("id").GetString(), send.GetProperty("text").GetString());
        return offset is null
            ? JsonSerializer.Serialize(new { type = "message", room = "lobby", id, name = "ada", text, at = "2026-01-02T03:04:05Z", instance = "chat-1" })
            : JsonSerializer.Serialize(new { type = "message", room = "lobby", offset, id, name = "ada", text, at = "2026-01-02T03:04:05Z", instance = "chat-1" });
    }

    [GeneratedRegex("row--own")]
    private static partial Regex OwnRow();
}
