using System.Globalization;

namespace AspireChat.LoadTest.Faults.Measuring;

/// <summary>How much memory a process holds: its resident set, as <c>/proc</c> tells it.</summary>
internal static class ResidentMemory
{
    /// <returns>Bytes; null when the process is gone.</returns>
    public static long? Of(int processId)
    {
        try
        {
            foreach (var line in File.ReadLines($"/proc/{processId}/status"))
            {
                if (line.StartsWith("VmRSS:", StringComparison.Ordinal))
                    return long.Parse(line.AsSpan(6).Trim().ToString().Split(' ')[0], CultureInfo.InvariantCulture) * 1024;
            }
        }
        catch (IOException)
        {
            // Gone, between the look and the read too.
        }

        return null;
    }
}
