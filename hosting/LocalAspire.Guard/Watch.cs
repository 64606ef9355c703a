using System.Globalization;

namespace LocalAspire.Guard;

/// <summary>
/// Follows the app host through a pipe, line by line: <c>run MARK</c>, <c>directory PATH</c>, <c>start PID</c>, <c>end PID</c>.
/// The pipe ends when the app host does, however that comes about; what is left then is ended and removed.
/// </summary>
internal sealed class Watch(Stream appHost)
{
    private readonly Dictionary<int, DateTime?> _children = [];
    private readonly List<string> _directories = [];
    private RunMark? _run;

    public async Task RunAsync()
    {
        // The app host may be ended with its whole process group.
        if (!OperatingSystem.IsWindows())
            Posix.StartSession();

        using var reader = new StreamReader(appHost);
        while (await reader.ReadLineAsync() is { } line)
            Take(line);

        await new Sweep(_run, _children).RunAsync();
        foreach (var directory in _directories)
            Remove(directory);
    }

    private void Take(string line)
    {
        var separator = line.IndexOf(' ');
        var (word, value) = separator < 0 ? (line, "") : (line[..separator], line[(separator + 1)..]);
        switch (word)
        {
            case "run":
                _run = RunMark.Parse(value);
                break;
            case "directory":
                _directories.Add(value);
                break;
            case "start" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var started):
                _children[started] = ProcessIdentity.StartTime(started);
                break;
            case "end" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var ended):
                _children.Remove(ended);
                break;
        }
    }

    private static void Remove(string directory)
    {
        try
        {
            Directory.Delete(directory, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Gone already, or held by somebody else; the next run of the app host tries again.
        }
    }
}
