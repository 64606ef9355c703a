using Aspire.Hosting.ApplicationModel;

namespace LocalAspire.Reporting;

/// <summary>Shows on the app host's console what a resource prints: all of it, or its warnings and errors.</summary>
internal sealed class LogEcho(IResource resource, ConsoleOutput console)
{
    /// <summary>.NET's simple console formatter indents what belongs to the line before.</summary>
    private const string Continuation = "      ";

    private bool _continues;

    public async Task RunAsync(ResourceLog log, CancellationToken cancellationToken)
    {
        await foreach (var batch in log.WatchAsync(cancellationToken))
        {
            foreach (var line in batch)
                Show(line);
        }
    }

    private void Show(LogLine line)
    {
        var text = line.Content[(line.Content.IndexOf(' ') + 1)..];
        _continues = IsSerious(text) || line.IsErrorMessage || (_continues && text.StartsWith(Continuation, StringComparison.Ordinal));
        console.Line(resource, text, from: _continues ? ConsoleMode.Changes : ConsoleMode.All);
    }

    private static bool IsSerious(string text) =>
        text.StartsWith("warn:", StringComparison.Ordinal) || text.StartsWith("fail:", StringComparison.Ordinal) || text.StartsWith("crit:", StringComparison.Ordinal);
}
