using System.Runtime.InteropServices;

namespace AspireChat.ChatServer.Connections.Writing;

/// <summary>The system calls of io_uring and the layout of what they share with the kernel, as linux/io_uring.h gives them.</summary>
internal static unsafe partial class RingCalls
{
    public const byte Send = 26;
    public const uint DontWait = 0x40;
    public const uint NoSignal = 0x4000;
    public const uint GetEvents = 1;
    public const int Interrupted = 4;
    public const int TryAgain = 11;

    /// <summary>Both queues lie in one mapping (5.4), and sends are known (5.7).</summary>
    public const uint NeededFeatures = SingleMapping | FastPoll;

    /// <summary>Where the entries are mapped; the queues are at 0.</summary>
    public const long EntriesOffset = 0x10000000;

    private const uint SingleMapping = 1;
    private const uint FastPoll = 1 << 5;
    private const nint SetupNumber = 425;
    private const nint EnterNumber = 426;
    private const int ReadWrite = 3;
    private const int SharedPopulated = 0x8001;

    /// <summary>A negative result is the error.</summary>
    public static int Setup(uint entries, ref RingParameters parameters)
    {
        fixed (RingParameters* pointer = &parameters)
        {
            return Result(SystemCall(SetupNumber, (nint)entries, (nint)pointer, 0, 0, 0, 0));
        }
    }

    /// <summary>Submits entries, and waits for completions. A negative result is the error, else it is the number submitted.</summary>
    public static int Enter(int ring, uint submit, uint wait) =>
        Result(SystemCall(EnterNumber, ring, (nint)submit, (nint)wait, (nint)GetEvents, 0, 0));

    /// <summary>Null when it fails.</summary>
    public static byte* Map(int ring, nuint length, long offset)
    {
        var address = MapMemory(0, length, ReadWrite, SharedPopulated, ring, (nint)offset);
        return address == -1 ? null : (byte*)address;
    }

    public static void Unmap(byte* address, nuint length) => _ = UnmapMemory((nint)address, length);

    private static int Result(nint result) => result >= 0 ? (int)result : -Marshal.GetLastPInvokeError();

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint SystemCall(nint number, nint first, nint second, nint third, nint fourth, nint fifth, nint sixth);

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial nint MapMemory(nint address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    private static partial int UnmapMemory(nint address, nuint length);
}

[StructLayout(LayoutKind.Sequential)]
internal struct RingParameters
{
    public uint SubmissionEntries;
    public uint CompletionEntries;
    public uint Flags;
    public uint ThreadCpu;
    public uint ThreadIdle;
    public uint Features;
    public uint WorkQueue;
    private readonly uint _reserved0;
    private readonly uint _reserved1;
    private readonly uint _reserved2;
    public SubmissionOffsets Submission;
    public CompletionOffsets Completion;
}

[StructLayout(LayoutKind.Sequential)]
internal struct SubmissionOffsets
{
    public uint Head;
    public uint Tail;
    public uint Mask;
    public uint Count;
    public uint Flags;
    public uint Dropped;
    public uint Array;
    private readonly uint _reserved;
    private readonly ulong _userAddress;
}

[StructLayout(LayoutKind.Sequential)]
internal struct CompletionOffsets
{
    public uint Head;
    public uint Tail;
    public uint Mask;
    public uint Count;
    public uint Overflow;
    public uint Entries;
    public uint Flags;
    private readonly uint _reserved;
    private readonly ulong _userAddress;
}

/// <summary>What the kernel is asked to do.</summary>
[StructLayout(LayoutKind.Sequential, Size = 64)]
internal struct SubmissionEntry
{
    public byte Operation;
    public byte Flags;
    public ushort Priority;
    public int File;
    public ulong Offset;
    public ulong Address;
    public uint Length;
    public uint OperationFlags;
    public ulong UserData;
}

/// <summary>What became of it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct CompletionEntry
{
    public ulong UserData;
    public int Result;
    public uint Flags;
}
