using System.Reflection;

namespace AspireChat.CostGuard;

/// <summary>Where things are, seen from this program's own place in the repository.</summary>
internal static class Repository
{
    private static readonly string Configuration = typeof(Repository).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;
    private static readonly string Root = FindRoot();

    /// <summary>The ratios on record.</summary>
    public static string RatiosPath => Path.Combine(Root, "tools", "AspireChat.CostGuard", "ratios.json");

    public static bool IsRelease => Configuration == "Release";

    /// <param name="folder">A project's folder.</param>
    /// <returns>The folder in full, and its program as it was built with this one.</returns>
    public static (string Folder, string Program) Project(string folder)
    {
        var path = Path.Combine(Root, folder);
        var program = Path.Combine(path, "bin", Configuration, "net10.0", $"{Path.GetFileName(path)}.dll");
        return File.Exists(program) ? (path, program) : throw new CannotRunException($"'{program}' is missing. Build it: dotnet build -c {Configuration} tools/AspireChat.CostGuard.");
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "AspireChat.sln")))
                return folder.FullName;
        }

        throw new CannotRunException("This program is not in its repository. Run it there: dotnet run -c Release --project tools/AspireChat.CostGuard.");
    }
}
