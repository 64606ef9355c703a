using System.Collections.Concurrent;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;

namespace AspireChat.Tests.EndToEnd;

/// <summary>Keeps the last lines that the resources of an app print, for the messages of failures.</summary>
internal sealed class ResourceLogs : IAsyncDisposable
{
    private const int Kept = 50;

    private readonly ConcurrentDictionary<string, ConcurrentQueue<string>> _lines = new();
    private readonly CancellationTokenSource _end = new();
    private readonly Task _reading;

    public ResourceLogs(DistributedApplication app, IEnumerable<IResource> resources)
    {
        var loggers = app.Services.GetRequiredService<ResourceLoggerService>();
        _reading = Task.WhenAll(resources.Select(resource => ReadAsync(loggers, resource)));
    }

    public string Tail(string resource) =>
        _lines.TryGetValue(resource, out var lines) && !lines.IsEmpty ? string.Join('\n', lines) : "(it has printed nothing)";

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _reading;
        _end.Dispose();
    }

    private async Task ReadAsync(ResourceLoggerService loggers, IResource resource)
    {
        var lines = _lines.GetOrAdd(resource.Name, _ => []);
        try
        {
            await foreach (var batch in loggers.WatchAsync(resource).WithCancellation(_end.Token))
            {
                foreach (var line in batch)
                    lines.Enqueue(line.Content);
                while (lines.Count > Kept)
                    lines.TryDequeue(out _);
            }
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
        }
    }
}
