using System.Globalization;
using System.Text;

namespace LocalAspire.Guard;

/// <summary>
/// What <c>/proc</c> tells of the processes of this machine. Elsewhere than on Linux no environment can be read: there a
/// process that has left its group is not found.
/// </summary>
internal static class ProcessTable
{
    private static readonly byte[] MarkPrefix = [0, .. Encoding.ASCII.GetBytes(RunMark.VariableName + "=")];

    /// <summary>When a process started, in the system's own ticks, the same whoever asks; null where it is gone or cannot be read.</summary>
    public static long? StartTicks(int processId)
    {
        if (!OperatingSystem.IsLinux())
            return ProcessIdentity.StartTime(processId)?.Ticks;

        // The name in parentheses may hold spaces and parentheses itself; the start time is the 20th field after it.
        var stat = Read($"/proc/{processId}/stat") is { } bytes ? Encoding.ASCII.GetString(bytes) : "";
        var fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > 19 && fields[0] != "Z" && long.TryParse(fields[19], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) ? ticks : null;
    }

    /// <summary>The program and its arguments; empty where they cannot be read.</summary>
    public static string[] CommandLine(int processId) =>
        Read($"/proc/{processId}/cmdline") is { } bytes
            ? Encoding.UTF8.GetString(bytes).Split('\0', StringSplitOptions.RemoveEmptyEntries)
            : [];

    /// <summary>All processes but this one that carry a mark, and the mark. Those of another pid namespace are left out: their marks name processes there.</summary>
    public static IEnumerable<(int ProcessId, RunMark Mark)> Marked()
    {
        if (!OperatingSystem.IsLinux())
            yield break;

        var ours = NamespaceOf("self");
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(directory), NumberStyles.None, CultureInfo.InvariantCulture, out var processId)
                && processId != Environment.ProcessId
                && ReadMark(processId) is { } mark
                && NamespaceOf(Path.GetFileName(directory)) == ours)
            {
                yield return (processId, mark);
            }
        }
    }

    private static RunMark? ReadMark(int processId)
    {
        if (Read($"/proc/{processId}/environ") is not { Length: > 0 } content)
            return null;

        ReadOnlySpan<byte> environment = [0, .. content];
        var start = environment.IndexOf(MarkPrefix);
        if (start < 0)
            return null;

        var value = environment[(start + MarkPrefix.Length)..];
        var end = value.IndexOf((byte)0);
        return RunMark.Parse(Encoding.ASCII.GetString(end < 0 ? value : value[..end]));
    }

    private static string? NamespaceOf(string process)
    {
        try
        {
            return new FileInfo($"/proc/{process}/ns/pid").LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>A process may end at any moment, or belong to somebody else: then there is nothing to read.</summary>
    private static byte[]? Read(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
