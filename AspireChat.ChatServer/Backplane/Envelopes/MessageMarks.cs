using System.Buffers.Binary;
using System.Security.Cryptography;

namespace AspireChat.ChatServer.Backplane.Envelopes;

/// <summary>Gives this instance's messages their marks. Thread-safe.</summary>
internal sealed class MessageMarks(TimeProvider time)
{
    private readonly uint _origin = BinaryPrimitives.ReadUInt32LittleEndian(RandomNumberGenerator.GetBytes(sizeof(uint)));
    private long _last;

    public MessageMark Next()
    {
        // Later than the last one even where the clock did not move between two.
        var now = time.GetTimestamp();
        while (true)
        {
            var last = Volatile.Read(ref _last);
            var next = Math.Max(now, last + 1);
            if (Interlocked.CompareExchange(ref _last, next, last) == last)
                return new MessageMark(_origin, next);
        }
    }

    /// <summary>How long a message has been under way; null when another instance sent it, for two clocks cannot be compared.</summary>
    public TimeSpan? Age(MessageMark mark) =>
        mark.Origin == _origin ? time.GetElapsedTime(mark.Ticks) : null;
}
