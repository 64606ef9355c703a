using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace AspireChat.Tests.Browser;

/// <summary>One page with cookies and storage of its own, and what went wrong in it.</summary>
public sealed class BrowserPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;

    internal BrowserPage(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") Problems.Enqueue($"console: {message.Text}");
        };
        page.PageError += (_, error) => Problems.Enqueue($"script: {error}");
        page.Request += (_, request) => Requests.Enqueue(request.Url);
    }

    public IPage Page { get; }

    /// <summary>Errors of scripts, and errors and warnings on the console: breaches of the content security policy are among them.</summary>
    public ConcurrentQueue<string> Problems { get; } = new();

    /// <summary>The address of every request the page made.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public ValueTask DisposeAsync() => new(_context.CloseAsync());
}
