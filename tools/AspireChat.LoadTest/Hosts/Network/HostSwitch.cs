using System.Diagnostics;
using System.Runtime.InteropServices;

namespace AspireChat.LoadTest.Hosts.Network;

/// <summary>
/// What joins the hosts: passes each packet on, after a while, or not at all. Not every kernel has what <c>tc netem</c> needs, and this needs nothing; to the
/// hosts' own TCP it is the same.
/// </summary>
/// <remarks>All packets pass one thread. Packets from one host to another keep their order.</remarks>
internal sealed class HostSwitch : IDisposable
{
    /// <summary>So soon it sees that it is to end.</summary>
    private const int LongestWait = 50;
    private const int LargestPacket = 65_535;
    private const short Readable = 1;

    private readonly IReadOnlyList<TunDevice> _ports;
    private readonly LinkQuality _quality;
    private readonly Random _random;
    private readonly PriorityQueue<(int To, byte[] Packet), (long Due, long Number)> _held = new();
    private readonly long[,] _latest;
    private readonly bool[,] _cut;
    private readonly byte[] _buffer = new byte[LargestPacket];
    private readonly Thread _thread;
    private volatile bool _ending;
    private long _number;

    /// <param name="ports">The n-th belongs to the host whose address ends with n + 1.</param>
    /// <param name="quality">Of all ways.</param>
    public HostSwitch(IReadOnlyList<TunDevice> ports, LinkQuality quality)
    {
        _ports = ports;
        _quality = quality;
        _random = new Random(quality.Seed);
        _latest = new long[ports.Count, ports.Count];
        _cut = new bool[ports.Count, ports.Count];
        _thread = new Thread(Run) { IsBackground = true, Name = "switch of the hosts" };
        _thread.Start();
    }

    /// <summary>Packets that were passed on.</summary>
    public long Passed { get; private set; }

    /// <summary>Packets that were lost on the way by chance.</summary>
    public long Lost { get; private set; }

    /// <summary>From now on nothing passes between two hosts, and nobody is told; or everything does again.</summary>
    public void Set(int one, int other, bool cut) => _cut[one, other] = _cut[other, one] = cut;

    public void Dispose()
    {
        _ending = true;
        _thread.Join();
        foreach (var port in _ports)
            port.Dispose();
    }

    private void Run()
    {
        var waiting = _ports.Select(port => new Waiting { Handle = port.Handle, Events = Readable }).ToArray();
        while (!_ending)
        {
            var ready = Poll(waiting, (nuint)waiting.Length, UntilNext());
            for (var port = 0; ready > 0 && port < waiting.Length; port++)
            {
                if ((waiting[port].Happened & Readable) != 0)
                    Take(port);
            }

            Release();
        }
    }

    private int UntilNext() => _held.TryPeek(out _, out var next)
        ? (int)Math.Clamp(Math.Ceiling(Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), next.Due).TotalMilliseconds), 0, LongestWait)
        : LongestWait;

    private void Take(int from)
    {
        var length = _ports[from].Read(_buffer);
        // Only IPv4 is spoken here; an interface asks for its neighbours of version 6 all the same.
        if (length < 20 || _buffer[0] >> 4 != 4 || _buffer[19] - 1 is var to && (to < 0 || to >= _ports.Count) || _cut[from, to])
            return;

        if (_random.NextDouble() < _quality.Loss)
        {
            Lost++;
            return;
        }

        var way = _quality.Least + (_random.NextDouble() * (_quality.Most - _quality.Least));
        var due = Math.Max(Stopwatch.GetTimestamp() + (long)(way.TotalSeconds * Stopwatch.Frequency), _latest[from, to]);
        _latest[from, to] = due;
        _held.Enqueue((to, _buffer[..length]), (due, _number++));
    }

    private void Release()
    {
        while (_held.TryPeek(out var packet, out var next) && next.Due <= Stopwatch.GetTimestamp())
        {
            _held.Dequeue();
            _ports[packet.To].Write(packet.Packet);
            Passed++;
        }
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Waiting
    {
        public int Handle;
        public short Events;
        public short Happened;
    }

#pragma warning disable SYSLIB1054 // One call of a C library is no reason to allow unsafe code.
    [DllImport("libc", EntryPoint = "poll", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Poll([In, Out] Waiting[] waiting, nuint count, int milliseconds);
#pragma warning restore SYSLIB1054
}
