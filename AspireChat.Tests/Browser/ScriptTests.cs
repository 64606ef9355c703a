using System.Diagnostics;
using System.Runtime.InteropServices;

namespace AspireChat.Tests.Browser;

/// <summary>Tests of JavaScript modules, which are JavaScript too: run by the Node that comes with Playwright.</summary>
internal static class ScriptTests
{
    public static TheoryData<string> In(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*.test.mjs").Select(file => Path.GetFileName(file)!).Order()];

    public static async Task RunAsync(string folder, string file)
    {
        using var node = Process.Start(new ProcessStartInfo(Node, ["--test", file])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
        }) ?? throw new InvalidOperationException("Node could not be started.");

        var report = await node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(node.ExitCode == 0, report);
        Assert.DoesNotContain("tests 0", report);
    }

    /// <summary>The program.</summary>
    public static string Node { get; } = FindNode();

    private static string FindNode()
    {
        var architecture = RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant();
        var (platform, program) = OperatingSystem.IsWindows() ? ("win32_x64", "node.exe")
            : OperatingSystem.IsMacOS() ? ($"darwin-{architecture}", "node")
            : ($"linux-{architecture}", "node");
        return Path.Combine(AppContext.BaseDirectory, ".playwright", "node", platform, program);
    }
}
