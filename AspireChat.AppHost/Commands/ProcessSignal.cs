using System.Diagnostics;
using System.Globalization;

/// <summary>Signals to processes of this machine, which .NET itself has no call for.</summary>
internal static class ProcessSignal
{
    public static bool IsPossible => !OperatingSystem.IsWindows();

    /// <param name="signal"><c>STOP</c> or <c>CONT</c>.</param>
    /// <param name="processId">Nothing happens where it is no process any more.</param>
    public static async Task SendAsync(string signal, int processId)
    {
        // By the shell's own kill: a program of that name is not everywhere.
        var start = new ProcessStartInfo("/bin/sh", ["-c", string.Create(CultureInfo.InvariantCulture, $"kill -{signal} {processId}")]) { RedirectStandardError = true };
        using var kill = Process.Start(start)!;
        await kill.WaitForExitAsync();
    }
}
