using System.Security.Cryptography;

namespace LocalAspire.Dashboard;

/// <summary>Fresh secrets for each run: what an earlier run printed opens nothing.</summary>
internal sealed class DashboardKeys
{
    private const int Length = 32;

    /// <summary>By which a browser logs in.</summary>
    public string BrowserToken { get; } = New();

    /// <summary>By which processes send telemetry.</summary>
    public string Otlp { get; } = New();

    private static string New() => RandomNumberGenerator.GetHexString(Length, lowercase: true);
}
