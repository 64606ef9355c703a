using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace AspireChat.Client.Rooms;

/// <summary>
/// The events of a room on their way to the app, bounded: once it overflows it takes nothing more until the app has read all of it, since what comes
/// after a refused event would be out of place.
/// </summary>
/// <remarks>One reader. All but reading is done under the room's lock.</remarks>
/// <param name="capacity">How many events it holds.</param>
/// <param name="drained">Called, with or without the lock, when the app has read all of a buffer that has overflowed; <see cref="Reopen"/> it then.</param>
internal sealed class EventBuffer(int capacity, Action drained)
{
    private readonly Channel<RoomEvent> _events = Channel.CreateBounded<RoomEvent>(new BoundedChannelOptions(capacity) { SingleReader = true });
    private volatile bool _overflowed;
    private int _reading;

    public bool Overflowed => _overflowed;

    /// <summary>Whether the next event will be taken. If not, the buffer has overflowed, and the caller must not go on as if it had been.</summary>
    public bool HasRoom()
    {
        if (_overflowed)
            return false;

        if (_events.Reader.Count < capacity)
            return true;

        _overflowed = true;
        // The app may have drained it in between; then no read is left to notice.
        NoticeDrained();
        return false;
    }

    /// <returns>False when there was no room.</returns>
    public bool TryAdd(RoomEvent next) => HasRoom() && _events.Writer.TryWrite(next);

    public void Reopen() => _overflowed = false;

    /// <summary>Ends the events once what is there has been read; with <paramref name="error"/> by throwing it.</summary>
    public void Complete(Exception? error) => _events.Writer.TryComplete(error);

    public async IAsyncEnumerable<RoomEvent> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _reading, 1) == 1)
            throw new InvalidOperationException("The events of this room are being read already. Read them in one place, and hand them on from there.");

        try
        {
            while (await _events.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
            {
                while (_events.Reader.TryRead(out var next))
                {
                    NoticeDrained();
                    yield return next;
                }
            }
        }
        finally
        {
            Volatile.Write(ref _reading, 0);
        }
    }

    private void NoticeDrained()
    {
        if (_overflowed && _events.Reader.Count == 0)
            drained();
    }
}
