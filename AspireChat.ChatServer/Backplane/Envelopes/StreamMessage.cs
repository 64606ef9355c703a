using System.Buffers.Binary;

namespace AspireChat.ChatServer.Backplane.Envelopes;

/// <summary>
/// A message in its place, as <c>publish.lua</c> wrote it: kind, offset (8 bytes), mark of its predecessor (12), length of the epoch (1), epoch, tail.
/// </summary>
/// <param name="Epoch">In ASCII.</param>
/// <param name="Previous">The mark of the message before it; nothing but zeros for the first. A chain of marks that fits proves that what was delivered
/// before and what comes now are of one history: offsets alone would not, for after a rollback they are given again.</param>
/// <param name="Mark">Its own.</param>
/// <param name="Message">The message with its offset.</param>
internal readonly record struct StreamMessage(ReadOnlyMemory<byte> Epoch, MessageMark Previous, MessageMark Mark, RoomMessage Message)
{
    private const int OffsetStart = 1;
    private const int PreviousStart = OffsetStart + sizeof(long);
    private const int EpochLengthStart = PreviousStart + MessageMark.Size;
    private const int EpochStart = EpochLengthStart + 1;

    public long Offset => Message.Offset;

    public static bool TryDecode(ReadOnlyMemory<byte> envelope, out StreamMessage result)
    {
        result = default;
        var bytes = envelope.Span;
        if (bytes.Length < EpochStart || bytes[0] != (byte)EnvelopeKind.StreamMessage || bytes.Length < EpochStart + bytes[EpochLengthStart])
            return false;

        var tailStart = EpochStart + bytes[EpochLengthStart];
        if (!MessageTail.TryDecode(envelope[tailStart..], BinaryPrimitives.ReadInt64BigEndian(bytes[OffsetStart..]), out var mark, out var message))
            return false;

        result = new StreamMessage(envelope[EpochStart..tailStart], MessageMark.Read(bytes[PreviousStart..]), mark, message!);
        return true;
    }
}
