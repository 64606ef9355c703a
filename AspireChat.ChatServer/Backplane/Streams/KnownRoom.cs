using System.Buffers.Binary;
using System.Text;
using AspireChat.ChatServer.Backplane.Envelopes;
using StackExchange.Redis;

namespace AspireChat.ChatServer.Backplane.Streams;

/// <summary>
/// What this instance knows of a room's stream, subscribed or not: the highest position that anything told of (a message heard, an answer to a
/// publication), and which epochs have ended.
/// </summary>
/// <remarks>
/// Thread-safe. The high-water mark goes with each publication: it is what shows that Redis was rolled back. It may only be raised by what Redis has
/// stored, and what it is compared with must have been asked for after it was raised; then a lower top can have no other cause.
/// </remarks>
internal sealed class KnownRoom(string name, RedisKeys keys)
{
    private const int EndedKept = 8;

    private readonly Lock _gate = new();
    private readonly Queue<string> _ended = new(EndedKept);
    private StreamHead _highest = new("", 0, default);
    private int _generation;

    public string Name => name;

    public string Channel { get; } = keys.RoomChannel(name);

    /// <summary>For the scripts that write: stream, history, sends, order of sends.</summary>
    public RedisKey[] Keys { get; } = [keys.RoomStream(name), keys.RoomHistory(name), keys.RoomSends(name), keys.RoomSendOrder(name)];

    /// <summary>For those that only read: stream, history.</summary>
    public RedisKey[] ReadKeys { get; } = [keys.RoomStream(name), keys.RoomHistory(name)];

    /// <summary>When it was used last; a timestamp of the time provider.</summary>
    public long Used { get; set; }

    public StreamHead Highest
    {
        get
        {
            lock (_gate)
                return _highest;
        }
    }

    /// <summary>Read before a question is asked of Redis, and given with the answer to <see cref="Learn"/>.</summary>
    public int Generation
    {
        get
        {
            lock (_gate)
                return _generation;
        }
    }

    /// <summary>
    /// Takes in where Redis answered that the stream stands. An answer of another epoch counts only if the question was asked in the present generation:
    /// then that epoch follows the known one, which has ended. One that was asked before may be of an earlier epoch as well as of a later one.
    /// </summary>
    public void Learn(StreamHead head, int generation)
    {
        lock (_gate)
        {
            if (head.Epoch == _highest.Epoch)
            {
                RaiseLocked(head);
            }
            else if (generation == _generation && !_ended.Contains(head.Epoch))
            {
                EndLocked(_highest.Epoch);
                _highest = head;
                _generation++;
            }
        }
    }

    /// <summary>Takes in a message that was stored at its place. False when another message is known to have stood there: the stream has forked.</summary>
    public bool Raise(StreamHead head)
    {
        lock (_gate)
            return head.Epoch != _highest.Epoch || RaiseLocked(head);
    }

    /// <summary>An epoch is known to have ended, though not which one followed.</summary>
    public void End(string epoch)
    {
        lock (_gate)
            EndLocked(epoch);
    }

    public bool HasEnded(string epoch)
    {
        lock (_gate)
            return _ended.Contains(epoch);
    }

    /// <summary>The epoch as text; no new one where it is the known one.</summary>
    public string NameOf(ReadOnlySpan<byte> epoch)
    {
        var known = Highest.Epoch;
        return Ascii.Equals(epoch, known) ? known : Encoding.ASCII.GetString(epoch);
    }

    /// <summary>The high-water mark as the scripts read it: mark, offset, epoch; nothing when nothing is known.</summary>
    public byte[] EncodeHighest()
    {
        var highest = Highest;
        if (highest.Epoch.Length == 0)
            return [];

        var bytes = new byte[MessageMark.Size + sizeof(long) + highest.Epoch.Length];
        highest.Mark.Write(bytes);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(MessageMark.Size), highest.Offset);
        Encoding.ASCII.GetBytes(highest.Epoch, bytes.AsSpan(MessageMark.Size + sizeof(long)));
        return bytes;
    }

    private bool RaiseLocked(StreamHead head)
    {
        if (head.Offset == _highest.Offset)
            return head.Mark == _highest.Mark;
        if (head.Offset > _highest.Offset)
            _highest = head;
        return true;
    }

    private void EndLocked(string epoch)
    {
        if (epoch.Length == 0 || _ended.Contains(epoch))
            return;
        if (_ended.Count == EndedKept)
            _ended.Dequeue();
        _ended.Enqueue(epoch);
    }
}
