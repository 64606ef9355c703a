using System.Globalization;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace LocalAspire.Reporting;

/// <summary>The log of one resource: a bounded backlog, and those who follow it. Safe for use by many threads.</summary>
internal sealed class ResourceLog(TimeProvider time) : ILogger
{
    private const int Capacity = 10_000;

    private readonly Lock _lock = new();
    private readonly Queue<LogLine> _backlog = new();
    private readonly List<Channel<LogLine>> _watchers = [];
    private int _lastNumber;

    public void Append(string text, bool isError)
    {
        lock (_lock)
        {
            var stamp = time.GetUtcNow().UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
            var line = new LogLine(++_lastNumber, $"{stamp} {text}", isError);
            if (_backlog.Count == Capacity)
                _backlog.Dequeue();
            _backlog.Enqueue(line);
            foreach (var watcher in _watchers)
                watcher.Writer.TryWrite(line);
        }
    }

    /// <summary>The last lines, without their times.</summary>
    public IReadOnlyList<string> Tail(int count)
    {
        lock (_lock)
            return [.. _backlog.TakeLast(count).Select(line => line.Content[(line.Content.IndexOf(' ') + 1)..])];
    }

    public async IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var channel = Channel.CreateBounded<LogLine>(new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        IReadOnlyList<LogLine> backlog;
        lock (_lock)
        {
            backlog = [.. _backlog];
            _watchers.Add(channel);
        }

        try
        {
            if (backlog.Count > 0)
                yield return backlog;

            while (await channel.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
            {
                var batch = new List<LogLine>();
                while (channel.Reader.TryRead(out var line))
                    batch.Add(line);
                yield return batch;
            }
        }
        finally
        {
            lock (_lock)
                _watchers.Remove(channel);
        }
    }

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (logLevel < LogLevel.Information)
            return;

        Append(formatter(state, exception), logLevel >= LogLevel.Error);
        if (exception is not null)
            Append(exception.ToString(), isError: true);
    }
}
