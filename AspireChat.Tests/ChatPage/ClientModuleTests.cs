using System.Diagnostics;
using System.Runtime.InteropServices;

namespace AspireChat.Tests.ChatPage;

/// <summary>Runs the tests of the JavaScript client, which are JavaScript too, by the Node that comes with Playwright.</summary>
public sealed class ClientModuleTests
{
    private static readonly string Folder = SolutionDirectory.Combine("AspireChat.Tests", "ChatPage", "client");

    public static TheoryData<string> Files => [.. Directory.EnumerateFiles(Folder, "*.test.mjs").Select(file => Path.GetFileName(file)!).Order()];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task The_client_does_what_its_own_tests_say(string file)
    {
        using var node = Process.Start(new ProcessStartInfo(Node(), ["--test", file])
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
        }) ?? throw new InvalidOperationException("Node could not be started.");

        var report = await node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(node.ExitCode == 0, report);
        Assert.DoesNotContain("tests 0", report);
    }

    private static string Node()
    {
        var architecture = RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant();
        var (platform, program) = OperatingSystem.IsWindows() ? ("win32_x64", "node.exe")
            : OperatingSystem.IsMacOS() ? ($"darwin-{architecture}", "node")
            : ($"linux-{architecture}", "node");
        return Path.Combine(AppContext.BaseDirectory, ".playwright", "node", platform, program);
    }
}
