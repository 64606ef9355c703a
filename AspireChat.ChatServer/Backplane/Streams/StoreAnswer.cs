using System.Buffers.Binary;
using System.Text;
using AspireChat.ChatServer.Backplane.Envelopes;
using StackExchange.Redis;

namespace AspireChat.ChatServer.Backplane.Streams;

/// <summary>
/// What a script that writes a room's stream answers: one letter, and with <see cref="Stands"/> the offset (8 bytes), the mark (12) and the epoch.
/// </summary>
internal static class StoreAnswer
{
    private const byte Stands = (byte)'s';
    private const byte Conflict = (byte)'c';
    private const byte Later = (byte)'l';
    private const byte Error = (byte)'e';

    private const int OffsetStart = 1;
    private const int MarkStart = OffsetStart + sizeof(long);
    private const int EpochStart = MarkStart + MessageMark.Size;

    /// <param name="generation">The room's, when Redis was asked.</param>
    /// <exception cref="RedisException">Redis could not do it.</exception>
    public static StoreResult Read(KnownRoom room, int generation, RedisValue answer)
    {
        var bytes = ((ReadOnlyMemory<byte>)answer).Span;
        switch (bytes[0])
        {
            case Stands:
                var epoch = room.NameOf(bytes[EpochStart..]);
                var head = new StreamHead(epoch, BinaryPrimitives.ReadInt64BigEndian(bytes[OffsetStart..]), MessageMark.Read(bytes[MarkStart..]));
                room.Learn(head, generation);
                return new StoreResult(StoreStatus.Stands, head);
            case Conflict:
                return new StoreResult(StoreStatus.Conflict, default);
            case Later:
                return new StoreResult(StoreStatus.Superseded, default);
            case Error:
                throw new RedisException($"Redis could not store the message: {Encoding.UTF8.GetString(bytes[1..])}");
            default:
                throw new InvalidOperationException($"The stream's script answered '{answer}', which it never does. Script and server are of different versions.");
        }
    }
}
