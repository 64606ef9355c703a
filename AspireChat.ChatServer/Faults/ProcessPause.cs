using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Serialization;

namespace AspireChat.ChatServer.Faults;

/// <summary>
/// Stops this process in its tracks, as a machine does that swaps or a debugger: its connections stay open, and nothing in it moves. A stopped process
/// cannot continue itself, so a shell waits and does it.
/// </summary>
internal static class ProcessPause
{
    private const string Shell = "/bin/sh";

    /// <summary>Its arguments are the process and the seconds.</summary>
    private const string Script = "kill -STOP $0; sleep $1; kill -CONT $0";

    public static bool IsPossible => !OperatingSystem.IsWindows() && File.Exists(Shell);

    public static void Begin(TimeSpan duration)
    {
        string[] arguments = ["-c", Script, Environment.ProcessId.ToString(CultureInfo.InvariantCulture), duration.TotalSeconds.ToString(CultureInfo.InvariantCulture)];

        // With streams of its own: whoever reads this process's output until it ends would else wait for the shell, too.
        using var shell = Process.Start(new ProcessStartInfo(Shell, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        });
    }
}

/// <summary>Answer of the fault <c>pause</c>: whoever wants to end it early needs the process, which does not hear him.</summary>
internal sealed record PauseBegun(int ProcessId);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PauseBegun))]
internal sealed partial class PauseJson : JsonSerializerContext;
