using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;

namespace AspireChat.Benchmarks;

/// <summary>How all benchmarks are run: with what they allocate.</summary>
internal static class BenchmarkConfig
{
    public static IConfig Create() => DefaultConfig.Instance
        .AddDiagnoser(MemoryDiagnoser.Default)
        .WithArtifactsPath(Path.Combine(AppContext.BaseDirectory, "results"));
}
