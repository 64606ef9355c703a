using AspireChat.Tests.Browser;
using AspireChat.Tests.EndToEnd;
using Microsoft.Playwright;

namespace AspireChat.Tests.Lab;

/// <summary>
/// A whole app of its own for tests of the lab, which switch its mode and break it: started by the first of them, and made whole again before
/// each. They share one session, as the code of the lab's address opens no second one.
/// </summary>
[CollectionDefinition(nameof(LabApp))]
public sealed class LabApp : ICollectionFixture<LabApp>, IAsyncDisposable
{
    private const string Code = "a code that only this test knows";

    private readonly Lazy<Task<ChatApp>> _app = new(() => ChatApp.StartAsync("--environment=Development", $"--Parameters:lab-code={Code}", "--LocalAspire:Dashboard=true"));
    private string? _session;

    internal Task<ChatApp> GetAsync() => _app.Value;

    /// <summary>The lab in a fresh page that may act, with every instance ready. The caller's to dispose of.</summary>
    internal async Task<LabPage> OpenAsync(BrowserFixture browsers, BrowserNewContextOptions? options = null)
    {
        Assertions.SetDefaultExpectTimeout(60_000); // A machine that does much else is no failure.
        var browser = await browsers.NewPageAsync(new(options ?? new()) { StorageState = _session });
        var app = await _app.Value;
        await Task.WhenAll(app.Instances.Select(app.EnsureRunningAsync));
        await app.WaitUntilRoutedToAsync();

        var lab = new LabPage(browser);
        await lab.OpenAsync(new Uri(app.Gateway, _session is null ? $"/lab#code={Uri.EscapeDataString(Code)}" : "/lab"));
        await lab.WaitUntilItMayActAsync();
        _session ??= await browser.Page.Context.StorageStateAsync();
        return lab;
    }

    public async ValueTask DisposeAsync()
    {
        if (_app.IsValueCreated) await (await _app.Value).DisposeAsync();
    }
}
