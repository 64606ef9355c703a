using System.Buffers.Binary;

namespace AspireChat.ChatServer.Backplane.Envelopes;

/// <summary>
/// What tells one message from every other: which instance sent it, and when by that instance's own monotonic clock. A message at the same offset with
/// another mark is another message, so marks show a fork; and whoever sent it reads from it how long it was under way, by one clock.
/// </summary>
/// <param name="Origin">Random, one for each life of an instance.</param>
/// <param name="Ticks">Of <see cref="TimeProvider.GetTimestamp"/>; no two of an origin are alike.</param>
internal readonly record struct MessageMark(uint Origin, long Ticks)
{
    public const int Size = sizeof(uint) + sizeof(long);

    public static MessageMark Read(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadUInt32BigEndian(bytes), BinaryPrimitives.ReadInt64BigEndian(bytes[sizeof(uint)..]));

    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt32BigEndian(bytes, Origin);
        BinaryPrimitives.WriteInt64BigEndian(bytes[sizeof(uint)..], Ticks);
    }
}
