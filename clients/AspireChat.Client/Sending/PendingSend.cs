using AspireChat.Client.Protocol;

namespace AspireChat.Client.Sending;

/// <summary>A message that awaits its acknowledgement. An answer to any of its attempts counts, however late.</summary>
internal sealed class PendingSend
{
    private readonly Lock _gate = new();
    private TaskCompletionSource<ServerFrame> _answer = New();

    /// <summary>The answer to the present attempt, an <see cref="AckFrame"/> or an <see cref="ErrorFrame"/>.</summary>
    public Task<ServerFrame> Answer
    {
        get
        {
            lock (_gate)
                return _answer.Task;
        }
    }

    /// <summary>A refusal was taken note of: the next answer is awaited.</summary>
    public void Renew()
    {
        lock (_gate)
            _answer = New();
    }

    public void Complete(ServerFrame answer)
    {
        lock (_gate)
        {
            // An acknowledgement outdoes a refusal of another attempt that nobody has looked at yet.
            if (!_answer.TrySetResult(answer) && answer is AckFrame)
                (_answer = New()).SetResult(answer);
        }
    }

    private static TaskCompletionSource<ServerFrame> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
