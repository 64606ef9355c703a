namespace AspireChat.CostGuard.Servers;

/// <summary><c>redis-server</c>, where it is on the PATH.</summary>
internal static class RedisProgram
{
    public static string? Path { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator)
        .Select(folder => System.IO.Path.Combine(folder, "redis-server")).FirstOrDefault(File.Exists);

    public static IEnumerable<string> CommandLine(int port) => [Path!, "--port", $"{port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"];
}
