namespace AspireChat.ChatServer.Connections;

/// <summary>
/// The messages of one connection that are on their way to the backplane. They are not waited for one by one, which would make a sender as slow as
/// Redis is far; only when so many are on their way does reading from that connection stop.
/// </summary>
/// <remarks>One thread begins; any thread ends.</remarks>
internal sealed class SendWindow
{
    private const int MaxMessages = 1024;
    private const int MaxBytes = 1024 * 1024;

    private readonly Lock _gate = new();
    private int _messages;
    private int _bytes;
    private TaskCompletionSource? _whenOpen;

    /// <returns>Completes when the next message may begin.</returns>
    public Task Begin(int bytes)
    {
        lock (_gate)
        {
            _messages++;
            _bytes += bytes;
            return IsOpen ? Task.CompletedTask : (_whenOpen = new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    public void End(int bytes)
    {
        lock (_gate)
        {
            _messages--;
            _bytes -= bytes;
            if (IsOpen)
            {
                _whenOpen?.TrySetResult();
                _whenOpen = null;
            }
        }
    }

    private bool IsOpen => _messages < MaxMessages && _bytes < MaxBytes;
}
