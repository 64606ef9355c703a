using System.Globalization;

namespace AspireChat.Tests.Hosting;

/// <summary>Looks at the processes of this machine, by Linux's <c>/proc</c>.</summary>
internal static class Processes
{
    public static bool IsAlive(int processId) => Status(processId) is { State: not "Z" };

    public static void Kill(int processId)
    {
        using var process = System.Diagnostics.Process.GetProcessById(processId);
        process.Kill();
    }

    /// <summary>All that it has started, and what those have.</summary>
    public static IReadOnlyList<int> DescendantsOf(int processId)
    {
        var children = All().Select(id => (Id: id, Status: Status(id))).Where(process => process.Status is not null).ToLookup(process => process.Status!.Value.Parent, process => process.Id);
        var found = new List<int>();
        Collect(processId);
        return found;

        void Collect(int parent)
        {
            foreach (var child in children[parent])
            {
                found.Add(child);
                Collect(child);
            }
        }
    }

    public static string CommandLine(int processId)
    {
        try
        {
            return File.ReadAllText($"/proc/{processId}/cmdline").Replace('\0', ' ');
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static IEnumerable<int> All() =>
        Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(name => name!.All(char.IsAsciiDigit)).Select(name => int.Parse(name!, CultureInfo.InvariantCulture));

    private static (string State, int Parent)? Status(int processId)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{processId}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return (fields[0], int.Parse(fields[1], CultureInfo.InvariantCulture));
        }
        catch (IOException)
        {
            return null;
        }
    }
}
