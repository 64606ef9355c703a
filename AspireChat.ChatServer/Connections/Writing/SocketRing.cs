using Microsoft.Win32.SafeHandles;

namespace AspireChat.ChatServer.Connections.Writing;

/// <summary>
/// Sends to many sockets by one system call, through the kernel's io_uring. No send ever waits, so each is over when the call returns: nothing stays under
/// way, and memory and sockets need to be kept for no longer than that.
/// </summary>
/// <remarks>For one thread at a time.</remarks>
internal sealed unsafe class SocketRing : IDisposable
{
    /// <summary>The most sends of one <see cref="Submit"/>.</summary>
    public const int Capacity = 256;

    private readonly SafeFileHandle _ring;
    private readonly int _file;
    private readonly byte* _queues;
    private readonly nuint _queuesLength;
    private readonly SubmissionEntry* _entries;
    private readonly nuint _entriesLength;
    private readonly RingParameters _parameters;
    private uint _queued;

    private SocketRing(SafeFileHandle ring, in RingParameters parameters)
    {
        _ring = ring;
        _file = (int)ring.DangerousGetHandle();
        _parameters = parameters;
        _queuesLength = Math.Max(
            parameters.Submission.Array + (parameters.SubmissionEntries * sizeof(uint)),
            parameters.Completion.Entries + (parameters.CompletionEntries * (uint)sizeof(CompletionEntry)));
        _entriesLength = parameters.SubmissionEntries * (uint)sizeof(SubmissionEntry);
        _queues = RingCalls.Map(_file, _queuesLength, 0);
        _entries = (SubmissionEntry*)RingCalls.Map(_file, _entriesLength, RingCalls.EntriesOffset);
    }

    private bool IsMapped => _queues is not null && _entries is not null;

    /// <summary>Makes a ring; null where the kernel has none to give: an old one, another system, or a sandbox that forbids it.</summary>
    public static SocketRing? TryCreate()
    {
        if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess)
        {
            return null;
        }

        var parameters = default(RingParameters);
        var file = RingCalls.Setup(Capacity, ref parameters);
        if (file < 0)
        {
            return null;
        }

        var handle = new SafeFileHandle(file, ownsHandle: true);
        if ((parameters.Features & RingCalls.NeededFeatures) != RingCalls.NeededFeatures)
        {
            handle.Dispose();
            return null;
        }

        var ring = new SocketRing(handle, parameters);
        if (!ring.IsMapped)
        {
            ring.Dispose();
            return null;
        }

        ring.MapEntriesInOrder();
        return ring;
    }

    /// <summary>Adds a send to those of the next <see cref="Submit"/>.</summary>
    /// <param name="socket">The socket's descriptor, which stays open until then.</param>
    /// <param name="bytes">What to send; it stays where it is until then.</param>
    /// <param name="length">How much of it.</param>
    /// <param name="index">Where its result goes.</param>
    public void Add(nint socket, byte* bytes, int length, int index)
    {
        var tail = *At(_parameters.Submission.Tail) + _queued++;
        _entries[tail & *At(_parameters.Submission.Mask)] = new SubmissionEntry
        {
            Operation = RingCalls.Send,
            File = (int)socket,
            Address = (ulong)bytes,
            Length = (uint)length,
            OperationFlags = RingCalls.DontWait | RingCalls.NoSignal,
            UserData = (ulong)index,
        };
    }

    /// <summary>Sends all that was added.</summary>
    /// <param name="results">
    /// By index: how many bytes the socket took, 0 when it takes none just now; negative when it is broken. What the kernel does not get to is left as it is.
    /// </param>
    public void Submit(Span<int> results)
    {
        var (waiting, under) = (_queued, 0u);
        var tail = At(_parameters.Submission.Tail);
        Volatile.Write(ref *tail, *tail + waiting);
        while (waiting + under > 0)
        {
            var submitted = RingCalls.Enter(_file, waiting, waiting + under);
            if (submitted >= 0)
            {
                (waiting, under) = (waiting - (uint)submitted, under + (uint)submitted);
            }
            else if (submitted != -RingCalls.Interrupted && under == 0)
            {
                // It is short of something, and has begun none of these.
                Volatile.Write(ref *tail, *tail - waiting);
                waiting = 0;
            }

            under -= Reap(results);
        }

        _queued = 0;
    }

    public void Dispose()
    {
        Unmap();
        _ring.Dispose();
    }

    private uint* At(uint offset) => (uint*)(_queues + offset);

    /// <summary>The kernel takes entries through a table of indices; here they are always taken in order.</summary>
    private void MapEntriesInOrder()
    {
        for (var i = 0u; i < _parameters.SubmissionEntries; i++)
        {
            At(_parameters.Submission.Array)[i] = i;
        }
    }

    private uint Reap(Span<int> results)
    {
        var head = *At(_parameters.Completion.Head);
        var count = Volatile.Read(ref *At(_parameters.Completion.Tail)) - head;
        var completions = (CompletionEntry*)(_queues + _parameters.Completion.Entries);
        for (var i = 0u; i < count; i++)
        {
            var completion = completions[(head + i) & *At(_parameters.Completion.Mask)];
            results[(int)completion.UserData] = completion.Result is -RingCalls.TryAgain or -RingCalls.Interrupted ? 0 : completion.Result;
        }

        Volatile.Write(ref *At(_parameters.Completion.Head), head + count);
        return count;
    }

    private void Unmap()
    {
        if (_queues is not null)
        {
            RingCalls.Unmap(_queues, _queuesLength);
        }

        if (_entries is not null)
        {
            RingCalls.Unmap((byte*)_entries, _entriesLength);
        }
    }
}
