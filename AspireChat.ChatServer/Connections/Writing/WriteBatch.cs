using System.Runtime.InteropServices;

namespace AspireChat.ChatServer.Connections.Writing;

/// <summary>
/// Writes to many connections, each of which has been claimed by <see cref="OutboundQueue.TryClaim"/>: by one system call where a <see cref="SocketRing"/>
/// can be had, else one by one.
/// </summary>
/// <remarks>For one thread at a time; made once and filled again and again.</remarks>
internal sealed class WriteBatch : IDisposable
{
    public const int Capacity = SocketRing.Capacity;

    private readonly SocketRing? _ring;
    private readonly OutboundQueue[] _queues = new OutboundQueue[Capacity];
    private readonly byte[][] _frames = new byte[Capacity][];
    private readonly SafeHandle?[] _sockets = new SafeHandle?[Capacity];
    private readonly int[] _written = new int[Capacity];
    private readonly List<PinnedGCHandle<byte[]>> _pins = [];
    private int _count;

    /// <param name="ring">The batch's to dispose of; null to write one by one.</param>
    public WriteBatch(SocketRing? ring) => _ring = ring;

    public bool IsFull => _count == Capacity;

    /// <summary>Adds a write to a connection; only while it is not full.</summary>
    /// <param name="queue">The connection's queue, claimed.</param>
    /// <param name="frames">What it was claimed for.</param>
    public void Add(OutboundQueue queue, byte[] frames)
    {
        (_queues[_count], _frames[_count]) = (queue, frames);
        _count++;
    }

    /// <summary>Writes, and gives the connections back.</summary>
    public void Flush()
    {
        if (_count == 0)
        {
            return;
        }

        var written = _written.AsSpan(0, _count);
        written.Clear();
        if (_ring is not null)
        {
            Submit(_ring, written);
        }
        else
        {
            for (var i = 0; i < _count; i++)
            {
                written[i] = _queues[i].TryWrite(_frames[i]);
            }
        }

        for (var i = 0; i < _count; i++)
        {
            _queues[i].EndClaim(_frames[i], written[i]);
        }

        _queues.AsSpan(0, _count).Clear();
        _frames.AsSpan(0, _count).Clear();
        _count = 0;
    }

    public void Dispose() => _ring?.Dispose();

    private unsafe void Submit(SocketRing ring, Span<int> written)
    {
        byte[]? pinned = null;
        byte* bytes = null;
        for (var i = 0; i < _count; i++)
        {
            if (!_queues[i].TryLendSocket(out _sockets[i]))
            {
                written[i] = _queues[i].TryWrite(_frames[i]);
                continue;
            }

            if (_frames[i] != pinned)
            {
                pinned = _frames[i];
                var pin = new PinnedGCHandle<byte[]>(pinned);
                _pins.Add(pin);
                bytes = pin.GetAddressOfArrayData();
            }

            ring.Add(_sockets[i]!.DangerousGetHandle(), bytes, pinned.Length, i);
        }

        ring.Submit(written);
        foreach (ref var socket in _sockets.AsSpan(0, _count))
        {
            socket?.DangerousRelease();
            socket = null;
        }

        foreach (var pin in _pins)
        {
            pin.Dispose();
        }

        _pins.Clear();
    }
}
