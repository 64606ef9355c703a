using System.Runtime.CompilerServices;

namespace AspireChat.Client.Connections;

/// <summary>The connection's states as a chain: each reader walks it at its own pace, and what all have passed is collected.</summary>
internal sealed class StatusFeed
{
    private readonly Lock _gate = new();
    private Node _last = new(new ConnectionStatus(ConnectionState.Connecting));

    public ConnectionStatus Current => Volatile.Read(ref _last).Status;

    public void Publish(ConnectionStatus status)
    {
        lock (_gate)
        {
            if (_last.Status.State == ConnectionState.Closed)
                return;

            var node = new Node(status);
            var before = _last;
            Volatile.Write(ref _last, node);
            before.Next.SetResult(node);
        }
    }

    /// <summary>The present state first, then each that follows, ending with <see cref="ConnectionState.Closed"/>.</summary>
    public async IAsyncEnumerable<ConnectionStatus> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var node = Volatile.Read(ref _last); ; node = await node.Next.Task.WaitAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return node.Status;
            if (node.Status.State == ConnectionState.Closed)
                yield break;
        }
    }

    private sealed class Node(ConnectionStatus status)
    {
        public ConnectionStatus Status => status;

        public TaskCompletionSource<Node> Next { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
