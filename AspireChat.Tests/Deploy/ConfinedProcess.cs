using System.Diagnostics;

namespace AspireChat.Tests.Deploy;

/// <summary>
/// A program run as its container would run it, without an engine: as the image's user, without a capability, by the image's entry point and environment
/// alone, in a mount namespace where nothing can be written.
/// </summary>
internal sealed class ConfinedProcess : IAsyncDisposable
{
    /// <summary>Every mount read-only, but for the kernel's own; then the program, which can gain nothing any more.</summary>
    private const string Script = """
        set -e
        mount --make-rprivate /
        for point in $(awk '{print $5}' /proc/self/mountinfo | sort -r); do
            case $point in /proc*|/sys*|/dev*) ;; *) mount -o remount,bind,ro "$point" 2>/dev/null || true;; esac
        done
        if touch "$1/probe" 2>/dev/null || touch /tmp/aspirechat-probe 2>/dev/null; then echo 'Something can be written.'; exit 99; fi
        cd "$2"
        user=$3
        shift 3
        exec setpriv --reuid "$user" --regid "$user" --clear-groups --inh-caps=-all --bounding-set=-all --no-new-privs env -i "$@"
        """;

    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _errors;

    private ConfinedProcess(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
        _errors = process.StandardError.ReadToEndAsync();
    }

    public static async Task<string?> WhyNotAsync()
    {
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root")
            return "It needs mount namespaces, so root on Linux.";
        return await Tool.RunAsync("unshare", ["--mount", "sh", "-c", "mount --make-rprivate / && command -v setpriv && command -v awk"]) is (0, _)
            ? null
            : "Mount namespaces are not allowed here, or 'unshare', 'setpriv' or 'awk' is missing.";
    }

    public static ConfinedProcess Start(PublishedImage image, IEnumerable<string> environment, params string[] arguments)
    {
        // Where the image has its files at /app, here they are in its folder.
        string[] command = [.. image.EntryPoint.Select(part => part.StartsWith('/') ? image.Folder + part : part), .. arguments];
        string[] variables = [$"PATH={Environment.GetEnvironmentVariable("PATH")}", $"DOTNET_ROOT={DotNetRoot}", $"HOME={image.Folder}", .. image.Environment.Where(variable => !variable.StartsWith("PATH=", StringComparison.Ordinal)), .. environment];
        return new ConfinedProcess(Process.Start(new ProcessStartInfo("unshare",
            ["--mount", "sh", "-c", Script, "sh", image.Folder, image.Folder + image.WorkingDirectory, image.User, .. variables, .. command])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!);
    }

    public bool HasExited => _process.HasExited;

    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    /// <summary>Everything it has said, once it has ended.</summary>
    public async Task<string> OutputAsync() => await _output + await _errors;

    public Task TerminateAsync()
    {
        Process.Start("kill", ["-TERM", $"{_process.Id}"]).Dispose();
        return ExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private static string DotNetRoot => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", ".."));
}
