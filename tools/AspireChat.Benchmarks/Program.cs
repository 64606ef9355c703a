using AspireChat.Benchmarks;
using BenchmarkDotNet.Running;

// In this process: what is measured is internal to its assembly, and no project has to be made and built for it.
BenchmarkSwitcher.FromAssembly(typeof(BenchmarkConfig).Assembly).Run([.. args, "--inProcess"], BenchmarkConfig.Create());
