using System.Globalization;
using AspireChat.Tests.Browser;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AspireChat.Tests.Lab;

/// <summary>The lab's page, by what a person can do there and see.</summary>
internal sealed class LabPage(BrowserPage browser) : IAsyncDisposable
{
    /// <summary>For machines that do much else.</summary>
    public const float Patience = 120_000;

    public BrowserPage Browser => browser;

    public IPage Page => browser.Page;

    public ILocator Notice => Page.Locator("#notice");

    public ILocator Verdict => Page.Locator("#verdict");

    public ILocator Acts => Page.Locator(".act");

    public ILocator Faults => Page.Locator(".fault");

    public ILocator Act(string mode) => Page.Locator($".act[data-mode={mode}]");

    /// <summary>Opens it, and waits until its clients are in the room.</summary>
    public async Task OpenAsync(Uri address)
    {
        await Page.GotoAsync(address.AbsoluteUri);
        try
        {
            await Expect(Page.Locator(".client[data-state=present]")).ToHaveCountAsync(6, new() { Timeout = Patience });
        }
        catch (PlaywrightException exception)
        {
            throw new InvalidOperationException(
                $"The lab's clients did not come. Problems: {string.Join("; ", browser.Problems)}. It shows: {await Page.Locator("body").InnerTextAsync()}. It asked for: {string.Join(", ", browser.Requests)}.",
                exception);
        }
    }

    public Task WaitUntilItMayActAsync() =>
        Expect(Acts.First).ToBeEnabledAsync(new() { Timeout = Patience });

    public Task<string> RoomAsync() => Page.Locator("#room").InnerTextAsync();

    /// <summary>The clients that an instance serves.</summary>
    public Task<IReadOnlyList<string>> ClientsOnAsync(string instance) =>
        Page.Locator($".group[data-instance={instance}] .name").AllInnerTextsAsync();

    /// <summary>Begins an act, and waits until the page shows that it is on.</summary>
    public async Task BeginActAsync(string mode)
    {
        var act = Act(mode);
        await act.ClickAsync();
        await Expect(act).ToHaveAttributeAsync("aria-pressed", "true", new() { Timeout = Patience });
        await Expect(act).Not.ToHaveAttributeAsync("aria-busy", "true", new() { Timeout = Patience });
    }

    /// <summary>Lets a client speak by pressing it.</summary>
    public Task SpeakAsync(string client) =>
        Page.Locator($".client[data-client={client}] .speak").ClickAsync();

    /// <summary>Makes a fault by its button, and waits until it is over and every delivery has come or is missed.</summary>
    public async Task MakeFaultAsync(string fault, string instance)
    {
        await Page.Locator($".target input[value={instance}]").CheckAsync();
        var button = Page.Locator($".fault[data-fault={fault}]");
        await button.ClickAsync();
        await Expect(button).ToHaveAttributeAsync("aria-busy", "true");
        await Expect(button).Not.ToHaveAttributeAsync("aria-busy", "true", new() { Timeout = Patience });
        await SettleAsync();
    }

    public async Task SettleAsync()
    {
        await Expect(Counter("sent")).Not.ToHaveTextAsync("0", new() { Timeout = Patience });
        await Expect(Counter("pending")).ToHaveTextAsync("0", new() { Timeout = Patience });
    }

    public Task CountAnewAsync() => Page.Locator("#clear").ClickAsync();

    public async Task<int> CountAsync(string counter) =>
        int.Parse(await Counter(counter).InnerTextAsync(), NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    public ILocator Counter(string name) => Page.Locator($"[data-counter={name}]");

    public ValueTask DisposeAsync() => browser.DisposeAsync();
}
