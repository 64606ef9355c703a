using Microsoft.Extensions.Options;

namespace AspireChat.ChatServer.Connections;

/// <summary>Bounds the connections of this instance, whoever's they are.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class ConnectionLimit(IOptions<LimitsOptions> options)
{
    private readonly int _most = (options.Value.Connections ?? OpenFiles.Connections) is { } most and > 0 ? most : int.MaxValue;
    private int _count;

    /// <returns>False when there are as many already.</returns>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _count) <= _most)
        {
            return true;
        }

        Interlocked.Decrement(ref _count);
        return false;
    }

    public void Exit() => Interlocked.Decrement(ref _count);
}
