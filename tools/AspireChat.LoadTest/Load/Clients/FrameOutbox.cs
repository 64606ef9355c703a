using System.Buffers.Binary;

namespace AspireChat.LoadTest.Load.Clients;

/// <summary>What waits to be sent on one connection: masked frames, one behind the other. Whatever waits when the socket is free goes out in one write.</summary>
/// <remarks>Thread-safe. Adding never waits.</remarks>
internal sealed class FrameOutbox(Stream stream)
{
    /// <summary>A server that takes so little is not sent more.</summary>
    private const int MaxWaiting = 4 * 1024 * 1024;
    private const int LongestHeader = 8;
    private const int MaskSize = 4;

    private readonly Lock _gate = new();
    private byte[] _waiting = [];
    private byte[] _writing = [];
    private int _length;
    private bool _pumping;
    private bool _broken;

    /// <returns>False when the connection is broken, or too much waits already.</returns>
    public bool Add(byte opcode, ReadOnlySpan<byte> payload)
    {
        lock (_gate)
        {
            if (_broken || _length > MaxWaiting)
                return false;

            Append(opcode, payload);
            if (_pumping)
                return true;

            _pumping = true;
        }

        _ = PumpAsync();
        return true;
    }

    private async Task PumpAsync()
    {
        try
        {
            while (Take() is { IsEmpty: false } bytes)
                await stream.WriteAsync(bytes);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The reader of the connection finds the same end, and sees to the rest.
            lock (_gate)
                _broken = true;
        }
    }

    private ReadOnlyMemory<byte> Take()
    {
        lock (_gate)
        {
            var length = _length;
            (_waiting, _writing, _length) = (_writing, _waiting, 0);
            _pumping = length > 0;
            return _writing.AsMemory(0, length);
        }
    }

    private void Append(byte opcode, ReadOnlySpan<byte> payload)
    {
        var needed = _length + LongestHeader + MaskSize + payload.Length;
        if (_waiting.Length < needed)
            Array.Resize(ref _waiting, Math.Max(needed, _waiting.Length * 2));

        var at = _waiting.AsSpan(_length);
        at[0] = (byte)(0x80 | opcode);
        var header = 2;
        if (payload.Length < 126)
        {
            at[1] = (byte)(0x80 | payload.Length);
        }
        else
        {
            // All that this tool sends is shorter than 64 KiB, which servers would refuse.
            at[1] = 0x80 | 126;
            BinaryPrimitives.WriteUInt16BigEndian(at[2..], checked((ushort)payload.Length));
            header = 4;
        }

        var mask = at.Slice(header, MaskSize);
        BinaryPrimitives.WriteInt32LittleEndian(mask, Random.Shared.Next());
        var body = at.Slice(header + MaskSize, payload.Length);
        for (var i = 0; i < payload.Length; i++)
            body[i] = (byte)(payload[i] ^ mask[i & 3]);

        _length += header + MaskSize + payload.Length;
    }
}
