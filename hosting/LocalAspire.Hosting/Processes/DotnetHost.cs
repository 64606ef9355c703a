using System.Runtime.InteropServices;

namespace LocalAspire.Processes;

/// <summary>The <c>dotnet</c> that this process runs on, on the PATH or not.</summary>
internal static class DotnetHost
{
    /// <summary>The runtime's directory is <c>…/shared/Microsoft.NETCore.App/10.0.x/</c> beneath it.</summary>
    public static string Path { get; } = System.IO.Path.GetFullPath(System.IO.Path.Combine(
        RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
}
