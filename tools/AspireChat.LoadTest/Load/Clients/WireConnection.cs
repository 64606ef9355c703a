using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics;

namespace AspireChat.LoadTest.Load.Clients;

/// <summary>
/// One WebSocket of the load generator. Thousands of them read in one process: each holds one small buffer, makes nothing for a frame, and hands its
/// bytes on where they lie.
/// </summary>
internal sealed class WireConnection : IDisposable
{
    private const int FirstBuffer = 1024;
    private const int LargestIdleBuffer = 64 * 1024;

    /// <summary>The close code that stands for no close frame.</summary>
    public const int Broken = 1006;

    private readonly Stream _stream;
    private readonly FrameOutbox _outbox;
    private byte[] _buffer = new byte[FirstBuffer];
    private int _filled;
    private ArrayBufferWriter<byte>? _fragments;

    /// <param name="stream">An upgraded stream, which this owns from now on.</param>
    /// <param name="first">What was read of it already.</param>
    public WireConnection(Stream stream, ReadOnlyMemory<byte> first)
    {
        _stream = stream;
        _outbox = new FrameOutbox(stream);
        Reserve(first.Length);
        first.CopyTo(_buffer);
        _filled = first.Length;
    }

    /// <summary>How it ended: the server's close code, or <see cref="Broken"/>.</summary>
    public int CloseCode { get; private set; } = Broken;

    /// <summary>Sends a text, without waiting.</summary>
    /// <returns>False when it cannot be sent.</returns>
    public bool Send(ReadOnlySpan<byte> text) => _outbox.Add(Opcode.Text, text);

    /// <summary>Reads until the end of the connection, which is no error.</summary>
    public async Task ReadAsync(IFrameTaker taker)
    {
        try
        {
            var now = Stopwatch.GetTimestamp();
            while (TakeFrames(taker, now))
            {
                var read = await _stream.ReadAsync(_buffer.AsMemory(_filled));
                if (read == 0)
                    return;

                _filled += read;
                now = Stopwatch.GetTimestamp();
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException or OperationCanceledException)
        {
        }
    }

    /// <summary>Says goodbye; the server's answer ends <see cref="ReadAsync"/>.</summary>
    public void Close()
    {
        Span<byte> code = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(code, 1000);
        _outbox.Add(Opcode.Close, code);
    }

    /// <summary>Ends it at once, as a crash would.</summary>
    public void Dispose() => _stream.Dispose();

    /// <returns>Whether more may come.</returns>
    private bool TakeFrames(IFrameTaker taker, long now)
    {
        var at = 0;
        var open = true;
        while (open && FrameParser.TryParse(_buffer.AsSpan(at, _filled - at), out var frame) is > 0 and var length)
        {
            open = TakeFrame(frame, taker, now);
            at += length;
        }

        _filled -= at;
        _buffer.AsSpan(at, _filled).CopyTo(_buffer);
        Reserve(1);
        return open;
    }

    private bool TakeFrame(FrameParser.Frame frame, IFrameTaker taker, long now)
    {
        switch (frame.Opcode)
        {
            case Opcode.Text when frame.IsFinal:
                taker.Take(frame.Payload, now);
                return true;
            case Opcode.Text:
                (_fragments ??= new ArrayBufferWriter<byte>()).ResetWrittenCount();
                _fragments.Write(frame.Payload);
                return true;
            case Opcode.Continuation when _fragments is not null && _fragments.WrittenCount + frame.Payload.Length <= FrameParser.MaxPayload:
                _fragments.Write(frame.Payload);
                if (frame.IsFinal)
                    taker.Take(_fragments.WrittenSpan, now);

                return true;
            case Opcode.Ping:
                _outbox.Add(Opcode.Pong, frame.Payload);
                return true;
            case Opcode.Close:
                CloseCode = frame.Payload.Length >= 2 ? BinaryPrimitives.ReadUInt16BigEndian(frame.Payload) : 1005;
                _outbox.Add(Opcode.Close, frame.Payload[..Math.Min(2, frame.Payload.Length)]);
                return false;
            default:
                return frame.Opcode == Opcode.Pong;
        }
    }

    /// <summary>Doubles the buffer when it is full: busy connections read much at a time, quiet ones hold little.</summary>
    private void Reserve(int room)
    {
        if (_buffer.Length - _filled < room)
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _filled + room));
        else if (_filled == 0 && _buffer.Length > LargestIdleBuffer)
            _buffer = new byte[FirstBuffer];
    }
}
