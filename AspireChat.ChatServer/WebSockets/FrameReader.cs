using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using System.Text.Unicode;

namespace AspireChat.ChatServer.WebSockets;

/// <summary>
/// Reads frames of a client out of received bytes, and joins fragments. Holds pooled memory only while a frame is on its way, and never more than twice
/// the longest message: what is too long shows in its header, before it is here.
/// </summary>
/// <remarks>For one reader at a time.</remarks>
internal sealed class FrameReader(int maxMessageBytes)
{
    private const int FirstBufferBytes = 4096;

    private byte[] _buffer = [];

    /// <summary>The payload so far of the message being received lies between these two.</summary>
    private int _messageStart;
    private int _messageEnd;

    /// <summary>So many bytes of it, from its beginning, are known to be whole characters.</summary>
    private int _messageChecked;

    /// <summary>Received bytes that were not looked at yet lie between these two, always behind the message.</summary>
    private int _next;
    private int _end;

    private FrameHeader _frame;
    private bool _inFrame;
    private long _remaining;
    private uint _mask;
    private bool _inMessage;
    private bool _skipping;

    /// <summary>Nothing is held: the buffer can go back while nothing comes.</summary>
    public bool IsEmpty => _next == _end && !_inFrame && !_inMessage;

    /// <summary>From now on only a close is reported; all else is passed over, whatever its length.</summary>
    public void SkipToClose()
    {
        _skipping = true;
        _messageStart = _messageEnd = _next;
        _messageChecked = 0;
    }

    /// <summary>Memory for the next bytes. What <see cref="Read"/> returned before is no longer valid.</summary>
    public Memory<byte> GetMemory()
    {
        if (_end == _buffer.Length)
        {
            MakeRoom();
        }

        return _buffer.AsMemory(_end);
    }

    /// <summary>So many bytes were put into the memory.</summary>
    public void Advance(int count) => _end += count;

    /// <summary>Gives the buffer back; only while <see cref="IsEmpty"/>.</summary>
    public void Release()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
        }

        _messageStart = _messageEnd = _next = _end = 0;
    }

    /// <summary>Takes the next message or control frame out of the bytes received.</summary>
    /// <param name="payload">Its unmasked payload, the caller's to change, valid until the next call of any member.</param>
    public ReceivedKind Read(out Memory<byte> payload)
    {
        payload = default;
        while (true)
        {
            if (!_inFrame && TryBeginFrame() is { } outcome)
            {
                return outcome;
            }

            if (_frame.IsControl)
            {
                return ReadControl(out payload);
            }

            TakePayload();
            if (_remaining > 0)
            {
                return ReceivedKind.None;
            }

            _inFrame = false;
            if (!_frame.Final)
            {
                if (!IsTextSoFar())
                {
                    return ReceivedKind.NotUtf8;
                }
            }
            else if (EndMessage(out payload) is { } message)
            {
                return message;
            }
        }
    }

    /// <returns>Null when a frame has begun.</returns>
    private ReceivedKind? TryBeginFrame()
    {
        if (!FrameHeader.TryRead(_buffer.AsSpan(_next, _end - _next), out var header, out var size))
        {
            return ReceivedKind.Broken;
        }

        if (!header.IsControl && !_skipping && header.Length > maxMessageBytes - (_messageEnd - _messageStart))
        {
            return ReceivedKind.TooBig;
        }

        if (size == 0)
        {
            return ReceivedKind.None;
        }

        if (!header.IsControl && header.Opcode == WebSocketOpcode.Continuation != _inMessage)
        {
            return ReceivedKind.Broken;
        }

        _next += size;
        (_frame, _inFrame, _remaining, _mask) = (header, true, header.Length, header.Mask);
        if (header.Opcode is WebSocketOpcode.Text or WebSocketOpcode.Binary)
        {
            _inMessage = true;
            _messageStart = _messageEnd = _next;
            _messageChecked = 0;
        }

        return header.Opcode == WebSocketOpcode.Binary && !_skipping ? ReceivedKind.Binary : null;
    }

    /// <summary>Control frames may come between the fragments of a message; they are short, so they are read whole.</summary>
    private ReceivedKind ReadControl(out Memory<byte> payload)
    {
        payload = default;
        if (_end - _next < _remaining)
        {
            return ReceivedKind.None;
        }

        payload = _buffer.AsMemory(_next, (int)_remaining);
        Unmask(payload.Span, _mask);
        _next += (int)_remaining;
        _inFrame = false;
        return _frame.Opcode switch
        {
            WebSocketOpcode.Ping => ReceivedKind.Ping,
            WebSocketOpcode.Pong => ReceivedKind.Pong,
            _ => ReceivedKind.Close,
        };
    }

    private void TakePayload()
    {
        var count = (int)Math.Min(_remaining, _end - _next);
        if (!_skipping)
        {
            var part = _buffer.AsSpan(_next, count);
            Unmask(part, _mask);
            _mask = BitOperations.RotateRight(_mask, count % sizeof(uint) * 8);
            if (_messageEnd != _next)
            {
                // A later fragment: its header, and control frames before it, lie between.
                part.CopyTo(_buffer.AsSpan(_messageEnd));
            }

            _messageEnd += count;
        }

        _next += count;
        _remaining -= count;
    }

    private ReceivedKind? EndMessage(out Memory<byte> payload)
    {
        payload = _buffer.AsMemory(_messageStart, _messageEnd - _messageStart);
        _inMessage = false;
        _messageStart = _messageEnd = _next;
        return _skipping ? null : Utf8.IsValid(payload.Span[_messageChecked..]) ? ReceivedKind.Text : ReceivedKind.NotUtf8;
    }

    /// <summary>What cannot become text is told with the fragment that shows it: the last one may never come. Each byte is looked at once, but for the last three.</summary>
    private bool IsTextSoFar()
    {
        if (_skipping)
        {
            return true;
        }

        var rest = _buffer.AsSpan(_messageStart + _messageChecked, _messageEnd - _messageStart - _messageChecked);
        var whole = rest[..^UnfinishedBytes(rest)];
        _messageChecked += whole.Length;
        return Utf8.IsValid(whole);
    }

    /// <summary>How many bytes at the end are the beginning of a character that the next fragment may finish.</summary>
    private static int UnfinishedBytes(ReadOnlySpan<byte> utf8)
    {
        for (var count = 1; count <= Math.Min(3, utf8.Length); count++)
        {
            if (Rune.DecodeFromUtf8(utf8[^count..], out _, out _) == OperationStatus.NeedMoreData)
            {
                return count;
            }
        }

        return 0;
    }

    private void MakeRoom()
    {
        var (message, waiting) = (_messageEnd - _messageStart, _end - _next);
        var target = message + waiting < _buffer.Length / 2 ? _buffer : ArrayPool<byte>.Shared.Rent(Math.Max(FirstBufferBytes, _buffer.Length + 1));
        _buffer.AsSpan(_messageStart, message).CopyTo(target);
        _buffer.AsSpan(_next, waiting).CopyTo(target.AsSpan(message));
        if (target != _buffer && _buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }

        _buffer = target;
        (_messageStart, _messageEnd, _next, _end) = (0, message, message, message + waiting);
    }

    private static void Unmask(Span<byte> payload, uint mask)
    {
        var wide = ((ulong)mask << 32) | mask;
        while (payload.Length >= sizeof(ulong))
        {
            BinaryPrimitives.WriteUInt64LittleEndian(payload, BinaryPrimitives.ReadUInt64LittleEndian(payload) ^ wide);
            payload = payload[sizeof(ulong)..];
        }

        for (var i = 0; i < payload.Length; i++)
        {
            payload[i] ^= (byte)(mask >> (i % sizeof(uint) * 8));
        }
    }
}
