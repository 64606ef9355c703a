using System.ComponentModel;
using System.Diagnostics;

namespace AspireChat.Tests.Deploy;

/// <summary>A program that is run to its end, for what it says.</summary>
internal static class Tool
{
    /// <summary>-1 and the reason where there is no such program.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(string program, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        try
        {
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return (process.ExitCode, await output + await errors);
        }
        catch (Win32Exception exception)
        {
            return (-1, exception.Message);
        }
    }
}
