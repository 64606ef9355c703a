using System.Net.WebSockets;
using AspireChat.Client.Protocol;

namespace AspireChat.Client.Connections;

/// <summary>One WebSocket to a server that has welcomed this client, and the work that lives as long as it does.</summary>
/// <remarks>Sending is thread-safe; receiving belongs to one loop.</remarks>
internal sealed class ChatConnection(WebSocket socket, ServerInfo server, FrameReader reader, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(2);

    /// <summary>Never disposed of: a sender may still be on its way out when the connection is, and without a wait handle there is nothing to free.</summary>
    private readonly SemaphoreSlim _writing = new(1, 1);

    private readonly CancellationTokenSource _lifetime = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private readonly List<Task> _work = [];
    private Exception? _abortCause;
    private long _lastReceived = time.GetTimestamp();

    public ServerInfo Server => server;

    /// <summary>Completes when the connection is no longer the client's.</summary>
    public Task Ended => _ended.Task;

    /// <summary>How long ago the last frame came in.</summary>
    public TimeSpan Silence => time.GetElapsedTime(Volatile.Read(ref _lastReceived));

    /// <summary>Sends a frame, in turn with others; when the connection breaks, gives up silently: <see cref="Ended"/> tells.</summary>
    /// <remarks>Takes no token: cancelling a write in progress would break the connection for everybody else on it.</remarks>
    public async Task SendAsync(ClientFrame frame)
    {
        var bytes = FrameJson.Write(frame);
        await _writing.WaitAsync().ConfigureAwait(false);
        try
        {
            await socket.SendAsync(bytes, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (IsBreak(e))
        {
            Abort(e);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>The next frame; null at the end, which <see cref="DescribeEnd"/> then describes.</summary>
    public async ValueTask<ServerFrame?> ReceiveAsync()
    {
        try
        {
            var frame = await reader.ReadAsync(socket, CancellationToken.None).ConfigureAwait(false);
            Volatile.Write(ref _lastReceived, time.GetTimestamp());
            if (frame is null)
                await FinishAsync().ConfigureAwait(false);

            return frame;
        }
        catch (Exception e) when (IsBreak(e) || e is ChatProtocolException)
        {
            Abort(e);
            return null;
        }
    }

    public ConnectionEnd DescribeEnd() => socket.CloseStatus is { } status && _abortCause is null
        ? ConnectionEnd.Closed((int)status, socket.CloseStatusDescription)
        : ConnectionEnd.Broken(_abortCause);

    /// <summary>Starts work that ends with the connection.</summary>
    public void Run(Func<CancellationToken, Task> work)
    {
        lock (_gate)
        {
            if (_lifetime.IsCancellationRequested)
                return;

            _work.RemoveAll(task => task.IsCompletedSuccessfully);
            _work.Add(RunAsync(work));
        }
    }

    /// <summary>Gives the connection up at once; the receiving loop then finds its end.</summary>
    public void Abort(Exception cause)
    {
        Interlocked.CompareExchange(ref _abortCause, cause, null);
        socket.Abort();
    }

    /// <summary>Says goodbye to the server: it answers with a close of its own, which ends the receiving loop; if it does not, the connection is aborted.</summary>
    public async Task CloseAsync()
    {
        try
        {
            await FinishAsync().ConfigureAwait(false);
            await Ended.WaitAsync(CloseTimeout, time).ConfigureAwait(false);
        }
        catch (TimeoutException e)
        {
            Abort(e);
        }
    }

    /// <summary>Marks the connection as no longer the client's: what waits for it goes on.</summary>
    public void MarkEnded() => _ended.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        MarkEnded();
        Task[] work;
        lock (_gate)
        {
            _lifetime.Cancel();
            work = [.. _work];
        }

        socket.Abort();
        await Task.WhenAll(work).ConfigureAwait(false);
        socket.Dispose();
        _lifetime.Dispose();
    }

    /// <summary>Sends the close frame, the last that goes out.</summary>
    private async Task FinishAsync()
    {
        try
        {
            using var limit = new CancellationTokenSource(CloseTimeout, time);
            await _writing.WaitAsync(limit.Token).ConfigureAwait(false);
            try
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, limit.Token).ConfigureAwait(false);
            }
            finally
            {
                _writing.Release();
            }
        }
        catch (Exception e) when (IsBreak(e))
        {
            socket.Abort();
        }
    }

    private static bool IsBreak(Exception e) =>
        e is WebSocketException or ObjectDisposedException or InvalidOperationException or OperationCanceledException or IOException;

    private async Task RunAsync(Func<CancellationToken, Task> work)
    {
        // Never on the caller's stack: it may hold locks.
        await Task.Yield();
        try
        {
            await work(_lifetime.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_lifetime.IsCancellationRequested)
        {
        }
    }
}
