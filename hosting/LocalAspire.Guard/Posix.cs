using System.Runtime.InteropServices;

namespace LocalAspire.Guard;

/// <summary>The few calls of POSIX that .NET does not offer. Numbers and types are the same on Linux and macOS.</summary>
internal static unsafe partial class Posix
{
    public const int SIGKILL = 9;
    public const int SIGPIPE = 13;
    public const int SIGTERM = 15;

    /// <summary>Fails harmlessly where this process leads a group already.</summary>
    public static void StartSession() => _ = setsid();

    public static void RestoreDefault(int signalNumber) => _ = signal(signalNumber, 0);

    /// <summary>Returns only where it fails, with the error number.</summary>
    public static int Execute(byte* path, byte** arguments)
    {
        _ = execv(path, arguments);
        return Marshal.GetLastPInvokeError();
    }

    /// <summary>Sends a signal to one process; false where there is none, or it is not ours.</summary>
    public static bool Signal(int processId, int signalNumber) => kill(processId, signalNumber) == 0;

    /// <summary>Sends a signal to a whole process group; false where the group has no member.</summary>
    public static bool SignalGroup(int groupId, int signalNumber) => kill(-groupId, signalNumber) == 0;

    public static int ParentProcessId => getppid();

    [LibraryImport("libc")]
    private static partial int setsid();

    [LibraryImport("libc")]
    private static partial nint signal(int signalNumber, nint handler);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int execv(byte* path, byte** arguments);

    [LibraryImport("libc")]
    private static partial int kill(int processId, int signalNumber);

    [LibraryImport("libc")]
    private static partial int getppid();
}
