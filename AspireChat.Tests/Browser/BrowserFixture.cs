using AspireChat.Tests.Browser;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(BrowserFixture))]

namespace AspireChat.Tests.Browser;

/// <summary>
/// The machine's own Chromium, headless, started by the first test that wants a page and shared by all. A test takes the
/// fixture in its constructor; where there is no Chromium it is skipped, with a reason.
/// </summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private static readonly string[] Programs = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    /// <summary>Without a sandbox, as tests may run as root in a container; and nothing that would call home.</summary>
    private static readonly string[] Switches =
    [
        "--no-sandbox", "--no-first-run", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private readonly SemaphoreSlim _starting = new(1, 1);
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>A blank page that shares nothing with any other. The caller's to dispose of.</summary>
    /// <param name="options">Its size, whether it is a phone's, its colour scheme, …</param>
    public async Task<BrowserPage> NewPageAsync(BrowserNewContextOptions? options = null)
    {
        var browser = await GetBrowserAsync();
        var context = await browser.NewContextAsync(options);
        context.SetDefaultTimeout(60_000); // A machine that does much else is no failure.
        return new BrowserPage(context, await context.NewPageAsync());
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.CloseAsync();
        _playwright?.Dispose();
        _starting.Dispose();
    }

    private async Task<IBrowser> GetBrowserAsync()
    {
        var program = Programs.SelectMany(InPath).FirstOrDefault(File.Exists);
        Assert.SkipWhen(program is null, $"No Chromium is installed: none of {string.Join(", ", Programs)} is in the PATH.");

        await _starting.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            _playwright ??= await Playwright.CreateAsync();
            return _browser ??= await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = program, Args = Switches, Timeout = 120_000 });
        }
        finally
        {
            _starting.Release();
        }
    }

    private static IEnumerable<string> InPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? $"{program}.exe" : program));
}
