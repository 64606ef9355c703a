using System.Runtime.InteropServices;
using AspireChat.LoadTest.Processes;

namespace AspireChat.CostGuard.Servers;

/// <summary>The CPU time of a process, all its threads, in user mode and kernel: utime + stime of <c>/proc</c>, without its steps of 10 ms.</summary>
internal static class CpuClock
{
    /// <exception cref="CannotRunException">The process is gone.</exception>
    public static TimeSpan Read(int processId)
    {
        if (GetClock(processId, out var clock) != 0 || GetTime(clock, out var time) != 0)
            throw new CannotRunException($"The server process {processId} is gone.");

        return TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromMicroseconds(time.Nanoseconds / 1e3);
    }

#pragma warning disable SYSLIB1054 // Two calls of a C library are no reason to allow unsafe code.
    [DllImport("libc", EntryPoint = "clock_getcpuclockid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetClock(int processId, out int clock);

    [DllImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetTime(int clock, out TimeValue time);
#pragma warning restore SYSLIB1054

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct TimeValue
    {
        public readonly nint Seconds;
        public readonly nint Nanoseconds;
    }
}
