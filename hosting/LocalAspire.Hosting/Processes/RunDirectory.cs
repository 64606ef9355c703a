using LocalAspire.Guard;

namespace LocalAspire.Processes;

/// <summary>A directory of this run alone, for the user alone: data of a Redis, files with passwords. The guard removes it when the run has ended, however it ends.</summary>
internal sealed class RunDirectory(RunMark mark)
{
    private const string Prefix = "local-aspire-";

    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), Prefix + mark);

    public void Create()
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(Path);
        else
            Directory.CreateDirectory(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>A directory in it, the same at each call.</summary>
    public string Subdirectory(string name) => Directory.CreateDirectory(System.IO.Path.Combine(Path, name)).FullName;

    /// <summary>Those that were left by runs which were killed together with their guards.</summary>
    public static IEnumerable<string> Leftovers() =>
        Directory.EnumerateDirectories(System.IO.Path.GetTempPath(), Prefix + "*")
            .Where(directory => RunMark.Parse(System.IO.Path.GetFileName(directory)[Prefix.Length..]) is { HostIsAlive: false });
}
