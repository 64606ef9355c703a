namespace AspireChat.LoadTest.Processes;

/// <summary><c>redis-server</c>, else <c>valkey-server</c>, where one is on the PATH.</summary>
internal static class RedisProgram
{
    public static string? Path { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator)
        .SelectMany(folder => new[] { System.IO.Path.Combine(folder, "redis-server"), System.IO.Path.Combine(folder, "valkey-server") })
        .FirstOrDefault(File.Exists);

    /// <param name="port">On loopback.</param>
    /// <param name="folder">Where it keeps its data and its log of all writes; null for one that keeps nothing.</param>
    public static IEnumerable<string> CommandLine(int port, string? folder = null) =>
    [
        Path!, "--port", $"{port}", "--bind", "127.0.0.1", "--save", "",
        .. folder is null ? ["--appendonly", "no"] : (string[])["--dir", folder, "--appendonly", "yes", "--appendfsync", "always"],
    ];
}
