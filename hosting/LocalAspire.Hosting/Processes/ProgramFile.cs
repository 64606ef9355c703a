using Aspire.Hosting;

namespace LocalAspire.Processes;

/// <summary>Finds the file of a program, so that a missing one is said before anything is started.</summary>
internal static class ProgramFile
{
    /// <exception cref="DistributedApplicationException">There is no such program.</exception>
    public static string Find(string resourceName, string command, string workingDirectory)
    {
        if (!Directory.Exists(workingDirectory))
            throw new DistributedApplicationException($"The resource '{resourceName}' cannot start: its working directory '{workingDirectory}' does not exist. Create it, or correct the path.");

        if (command.Contains(Path.DirectorySeparatorChar) || command.Contains(Path.AltDirectorySeparatorChar))
        {
            var path = Path.GetFullPath(command, workingDirectory);
            return File.Exists(path)
                ? path
                : throw new DistributedApplicationException($"The resource '{resourceName}' cannot start: the program '{path}' does not exist. Install it, or correct the path.");
        }

        return OnPath(command)
            ?? throw new DistributedApplicationException($"The resource '{resourceName}' cannot start: there is no program '{command}' on the PATH. Install it, or give its path.");
    }

    /// <summary>Null where there is none.</summary>
    public static string? OnPath(string command)
    {
        string[] names = OperatingSystem.IsWindows() ? [$"{command}.exe", $"{command}.cmd", command] : [command];
        foreach (var directory in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            foreach (var name in names)
            {
                var path = Path.Combine(directory, name);
                if (File.Exists(path) && IsExecutable(path))
                    return Path.GetFullPath(path);
            }
        }

        return null;
    }

    private static bool IsExecutable(string path) =>
        OperatingSystem.IsWindows()
        || (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0;
}
