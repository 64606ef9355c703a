using System.Reflection;

namespace AspireChat.LoadTest.Processes;

/// <summary>Where things are, seen from a tool's own place in the repository.</summary>
internal static class Repository
{
    private static readonly string Configuration = typeof(Repository).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    public static string Root { get; } = FindRoot();

    public static bool IsRelease => Configuration == "Release";

    /// <param name="folder">A project's folder.</param>
    /// <returns>The folder in full, and its program as it was built with this one.</returns>
    public static (string Folder, string Program) Project(string folder)
    {
        var path = Path.Combine(Root, folder);
        var program = Path.Combine(path, "bin", Configuration, "net10.0", $"{Path.GetFileName(path)}.dll");
        return File.Exists(program) ? (path, program) : throw new CannotRunException($"'{program}' is missing. Build it: dotnet build -c {Configuration} {folder}.");
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "AspireChat.sln")))
                return folder.FullName;
        }

        throw new CannotRunException("This program is not in its repository, where it finds what it starts. Run it there, with dotnet run --project.");
    }
}
