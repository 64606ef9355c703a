namespace AspireChat.LoadTest.Auditing.Clients;

/// <summary>What is to be done a while later, unless its owner has ended by then.</summary>
internal sealed class Errands : IAsyncDisposable
{
    private readonly CancellationTokenSource _ended = new();
    private readonly List<Task> _running = [];

    public void DoAfter(TimeSpan delay, Func<Task> action)
    {
        _running.RemoveAll(errand => errand.IsCompleted);
        _running.Add(RunAsync(delay, action));
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await Task.WhenAll(_running);
        _ended.Dispose();
    }

    private async Task RunAsync(TimeSpan delay, Func<Task> action)
    {
        try
        {
            await Task.Delay(delay, _ended.Token);
            await action();
        }
        catch (OperationCanceledException) when (_ended.IsCancellationRequested)
        {
        }
    }
}
