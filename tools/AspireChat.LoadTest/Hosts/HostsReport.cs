using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;
using AspireChat.LoadTest.Auditing.Checking;

namespace AspireChat.LoadTest.Hosts;

/// <summary>What a run on many hosts came to.</summary>
internal sealed record HostsReport
{
    public required DateTimeOffset Date { get; init; }

    public required IReadOnlyList<HostsFinding> Findings { get; init; }

    /// <summary>Packets between hosts that were passed on.</summary>
    public required long PacketsPassed { get; init; }

    /// <summary>Packets that were lost by chance; those that ran into a cut are not counted.</summary>
    public required long PacketsLost { get; init; }

    public required Verdict Verdict { get; init; }

    /// <summary>Nothing was lost, repeated or out of order, nobody was told of a loss, and all came back in time.</summary>
    public bool Passed => Verdict.IsClean && Verdict.Missed == 0 && Findings.All(finding => finding.Passed);

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var finding in Findings)
            text.AppendLine(finding.ToString());

        return text.AppendLine(CultureInfo.InvariantCulture, $"{PacketsPassed} packets passed between hosts, {PacketsLost} were lost by chance.")
            .Append(Verdict).AppendLine().Append(Passed ? "PASSED" : "FAILED").ToString();
    }
}

/// <summary>How long something took, and may take.</summary>
internal sealed record HostsFinding(string What, double Seconds, double AtMost)
{
    public bool Passed => Seconds <= AtMost;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(Passed ? "ok    " : "FAILED")} {What}: {Seconds:0.0} s (at most {AtMost:0.#} s)");
}

[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web, WriteIndented = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(HostsReport))]
internal sealed partial class HostsJson : JsonSerializerContext;
