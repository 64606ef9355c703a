using System.Globalization;
using System.Security.Cryptography;

namespace LocalAspire.Guard;

/// <summary>
/// Names one run of an app host. Each of its processes carries it in its environment, and hands it on to what it starts,
/// whatever session that moves to: so what belongs to a run can be found, and nothing else is ever ended.
/// </summary>
/// <param name="HostId">The app host's process id.</param>
/// <param name="HostStarted">When the app host started, in the kernel's clock ticks: process ids are used again.</param>
/// <param name="Nonce">Tells the runs of one process apart.</param>
internal sealed record RunMark(int HostId, long HostStarted, string Nonce)
{
    public const string VariableName = "LOCALASPIRE_RUN";

    public static RunMark ForThisProcess() =>
        new(Environment.ProcessId, ProcessTable.StartTicks(Environment.ProcessId) ?? 0, RandomNumberGenerator.GetHexString(12, lowercase: true));

    public static RunMark? Parse(string text) =>
        text.Split('-') is [var id, var started, { Length: > 0 } nonce]
        && int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var hostId)
        && long.TryParse(started, NumberStyles.None, CultureInfo.InvariantCulture, out var hostStarted)
            ? new RunMark(hostId, hostStarted, nonce)
            : null;

    public bool HostIsAlive => ProcessTable.StartTicks(HostId) == HostStarted;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{HostId}-{HostStarted}-{Nonce}");
}
