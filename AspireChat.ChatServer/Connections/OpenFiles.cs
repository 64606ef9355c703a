using System.Globalization;

namespace AspireChat.ChatServer.Connections;

/// <summary>
/// How many connections the process has files for. Where they run out, nothing can be accepted any more, a health probe or a connection to Redis neither,
/// and the web server tries again without a pause: so it is never let come to that.
/// </summary>
internal static class OpenFiles
{
    private const string Limits = "/proc/self/limits";
    private const string Row = "Max open files";

    /// <summary>Sockets that may be open: what is left, a twentieth and 100 at least, is for everything else. Null where no bound is known.</summary>
    public static int? Sockets => Read() is { } files ? files - Reserve(files) : null;

    /// <summary>Connections that may be served: as much again is left for those that are only being told that it is full, and for probes.</summary>
    public static int? Connections => Read() is { } files ? Math.Max(1, files - (2 * Reserve(files))) : null;

    private static int Reserve(int files) => Math.Max(100, files / 20);

    private static int? Read()
    {
        if (!File.Exists(Limits))
            return null;

        // The runtime has raised the soft bound to the hard one.
        var row = File.ReadLines(Limits).FirstOrDefault(line => line.StartsWith(Row, StringComparison.Ordinal));
        var soft = row?[Row.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        return int.TryParse(soft, CultureInfo.InvariantCulture, out var files) ? files : null;
    }
}
