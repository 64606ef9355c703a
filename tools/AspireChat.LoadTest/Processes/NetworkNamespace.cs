using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace AspireChat.LoadTest.Processes;

/// <summary>Network namespaces of this machine, by the names that <c>ip netns</c> gives them. Linux alone, and for root.</summary>
internal static class NetworkNamespace
{
    /// <summary>Does something within: a socket or a device that it makes belongs there for good, whoever uses it later.</summary>
    /// <exception cref="CannotRunException">It cannot be entered, or what is done there failed.</exception>
    public static T Within<T>(string name, Func<T> action)
        where T : class
    {
        T? result = null;
        Exception? failure = null;
        // A thread that has entered one stays there: one of its own, since no other may go there.
        var thread = new Thread(() =>
        {
            try
            {
                Enter(name);
                result = action();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or SocketException or CannotRunException)
            {
                failure = e;
            }
        });
        thread.Start();
        thread.Join();
        return result ?? throw new CannotRunException($"In the network namespace '{name}': {failure!.Message}");
    }

    private static void Enter(string name)
    {
        using var space = File.OpenHandle($"/run/netns/{name}");
        if (EnterNamespace((int)space.DangerousGetHandle(), 0) != 0)
            throw new CannotRunException($"it could not be entered, error {Marshal.GetLastPInvokeError()}.");
    }

#pragma warning disable SYSLIB1054 // One call of a C library is no reason to allow unsafe code.
    [DllImport("libc", EntryPoint = "setns", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int EnterNamespace(int space, int kind);
#pragma warning restore SYSLIB1054
}
