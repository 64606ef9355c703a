using System.Threading.Channels;
using LocalAspire.Dashboard.Resources;

namespace LocalAspire.Dashboard.Consoles;

/// <summary>The output of one or several resources together, as it comes, until disposed.</summary>
internal sealed class ConsoleFeed : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly Channel<IReadOnlyList<ConsoleLine>> _batches = Channel.CreateBounded<IReadOnlyList<ConsoleLine>>(
        new BoundedChannelOptions(64) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
    private readonly Task _running;

    public ConsoleFeed(ConsoleLogs logs, IEnumerable<AppResource> resources)
    {
        _running = Task.WhenAll(resources.Select(resource => PumpAsync(logs, resource)));
    }

    /// <summary>All lines that have come since the last call, in the order of their times; waits for the first. Null once disposed.</summary>
    public async Task<IReadOnlyList<ConsoleLine>?> ReadAsync()
    {
        try
        {
            if (!await _batches.Reader.WaitToReadAsync(_stopping.Token)) return null;
        }
        catch (OperationCanceledException)
        {
            return null;
        }

        var lines = new List<ConsoleLine>();
        while (lines.Count < ConsoleBuffer.MaxBlocks * ConsoleBlock.Capacity && _batches.Reader.TryRead(out var batch)) lines.AddRange(batch);
        return [.. lines.OrderBy(line => line.Time)];
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _stopping.Dispose();
    }

    private async Task PumpAsync(ConsoleLogs logs, AppResource resource)
    {
        try
        {
            await foreach (var lines in logs.WatchAsync(resource.Name, _stopping.Token))
                await _batches.Writer.WriteAsync([.. lines.Select(line => line with { ResourceName = resource.DisplayName })], _stopping.Token);
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
    }
}
