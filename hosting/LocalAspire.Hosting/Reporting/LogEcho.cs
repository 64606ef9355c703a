using Aspire.Hosting.ApplicationModel;

namespace LocalAspire.Reporting;

/// <summary>Shows on the app host's console what a resource prints, all of it or its warnings and errors, and no line twice.</summary>
internal sealed class LogEcho(IResource resource, ResourceLog log, ConsoleOutput console)
{
    /// <summary>.NET's simple console formatter indents what belongs to the line before.</summary>
    private const string Continuation = "      ";

    private readonly Lock _lock = new();
    private int _lastNumber;
    private bool _continues;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await foreach (var batch in log.WatchAsync(cancellationToken))
        {
            lock (_lock)
            {
                foreach (var line in batch.Where(line => line.LineNumber > _lastNumber))
                    Show(line);
            }
        }
    }

    /// <summary>Shows the last lines whatever they are, but for those that have been shown.</summary>
    public void ShowLast(int count)
    {
        lock (_lock)
        {
            foreach (var line in log.Tail(count).Where(line => line.LineNumber > _lastNumber))
            {
                _lastNumber = line.LineNumber;
                console.Line(resource, $"  {ResourceLog.TextOf(line)}", ConsoleMode.Quiet);
            }
        }
    }

    private void Show(LogLine line)
    {
        var text = ResourceLog.TextOf(line);
        _continues = line.IsErrorMessage || IsSerious(text) || (_continues && text.StartsWith(Continuation, StringComparison.Ordinal));
        var mode = _continues ? ConsoleMode.Changes : ConsoleMode.All;
        console.Line(resource, text, mode);
        if (console.Mode >= mode)
            _lastNumber = line.LineNumber;
    }

    private static bool IsSerious(string text) =>
        text.StartsWith("warn:", StringComparison.Ordinal) || text.StartsWith("fail:", StringComparison.Ordinal) || text.StartsWith("crit:", StringComparison.Ordinal);
}
