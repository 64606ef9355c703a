namespace AspireChat.Tests;

/// <summary>Where the sources are, for tests that need more of a project than its assembly.</summary>
internal static class SolutionDirectory
{
    public static string Path { get; } = Find(AppContext.BaseDirectory);

    public static string Combine(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    private static string Find(string? directory)
    {
        while (directory is not null && !File.Exists(System.IO.Path.Combine(directory, "AspireChat.sln")))
        {
            directory = System.IO.Path.GetDirectoryName(directory);
        }

        return directory ?? throw new InvalidOperationException(
            $"No folder above '{AppContext.BaseDirectory}' holds AspireChat.sln; run the tests from within the repository.");
    }
}
