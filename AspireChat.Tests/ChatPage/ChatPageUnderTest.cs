using AspireChat.Tests.Browser;
using AspireChat.Tests.Client;
using AspireChat.Tests.Gateway;
using Microsoft.Playwright;

namespace AspireChat.Tests.ChatPage;

/// <summary>The chat page in Chromium, from the real gateway, before a chat server that plays the frames a test tells it to.</summary>
internal sealed class ChatPageUnderTest : IAsyncDisposable
{
    private readonly GatewayUnderTest _gateway;
    private readonly BrowserPage _browser;

    private ChatPageUnderTest(ScriptedServer server, GatewayUnderTest gateway, BrowserPage browser) =>
        (Server, _gateway, _browser) = (server, gateway, browser);

    public ScriptedServer Server { get; }

    public Uri Address => _gateway.Address;

    public IPage Page => _browser.Page;

    public BrowserPage Browser => _browser;

    public ILocator Rows => Page.Locator("#rows > li");

    public ILocator Notices => Page.Locator(".row__notice");

    public ILocator Waiting => Page.Locator("#waiting > li");

    public ILocator Status => Page.Locator("#status");

    public static async Task<ChatPageUnderTest> StartAsync(BrowserFixture browsers, BrowserNewContextOptions? options = null, string? dashboard = null)
    {
        Assertions.SetDefaultExpectTimeout(30_000);
        // First, as it skips the test where there is no browser.
        var browser = await browsers.NewPageAsync(options);
        var server = await ScriptedServer.StartAsync();
        var gateway = await GatewayUnderTest.StartAsync([("services:chat-1:http:0", $"http://{server.Address.Authority}"), ("Lab:DashboardUrl", dashboard)]);
        return new ChatPageUnderTest(server, gateway, browser);
    }

    public Task OpenAsync(string pathAndQuery) => Page.GotoAsync(new Uri(Address, pathAndQuery).AbsoluteUri);

    /// <summary>Opens a room as ada, and welcomes and admits her.</summary>
    public async Task<ScriptedConnection> EnterAsync(string backplane = "stream", string? position = """{"epoch":"e1","offset":0}""", string messages = "")
    {
        await OpenAsync("/?room=lobby&name=ada");
        var connection = await Server.WelcomeNextAsync(backplane);
        await connection.AdmitAsync(position: position, messages: messages);
        return connection;
    }

    public async Task WriteAsync(string text)
    {
        await Page.GetByLabel("Message").FillAsync(text);
        await Page.Keyboard.PressAsync("Enter");
    }

    public static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        await _gateway.DisposeAsync();
        await Server.DisposeAsync();
    }
}
