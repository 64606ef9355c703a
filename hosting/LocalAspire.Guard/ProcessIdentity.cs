using System.ComponentModel;
using System.Diagnostics;

namespace LocalAspire.Guard;

/// <summary>Process ids are used again; together with its start time a process is itself.</summary>
internal static class ProcessIdentity
{
    /// <summary>Null where the process is gone. Times are only comparable within one process.</summary>
    public static DateTime? StartTime(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return process.StartTime;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception)
        {
            return null;
        }
    }
}
