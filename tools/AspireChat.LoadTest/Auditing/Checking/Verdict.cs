using System.Text.Json;
using System.Text.Json.Serialization;

namespace AspireChat.LoadTest.Auditing.Checking;

/// <summary>What an audit came to.</summary>
internal sealed record Verdict
{
    /// <summary>The run's random name.</summary>
    public required string Run { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset Date { get; init; }

    /// <summary>Whether the record has its end: only then is known what was lost at the end.</summary>
    public required bool IsComplete { get; init; }

    public required double Seconds { get; init; }

    public required int Clients { get; init; }

    /// <summary>The instances that clients were on.</summary>
    public required IReadOnlyList<string> Instances { get; init; }

    public required int Rooms { get; init; }

    /// <summary>Epochs of all rooms together; more than rooms where streams were replaced.</summary>
    public required int Epochs { get; init; }

    public required int Faults { get; init; }

    public required long Sends { get; init; }

    public required long Acknowledged { get; init; }

    /// <summary>Refused for good.</summary>
    public required long Failed { get; init; }

    /// <summary>Never answered.</summary>
    public required long Unknown { get; init; }

    /// <summary>Sends of an id that was sent before.</summary>
    public required long Retries { get; init; }

    /// <summary>Live messages that clients got.</summary>
    public required long Deliveries { get; init; }

    /// <summary>Errors <c>unavailable</c>.</summary>
    public required long Unavailable { get; init; }

    /// <summary>Resumes that brought all that was missed.</summary>
    public required long Recovered { get; init; }

    /// <summary>Announced loss: resumes answered with <c>recovered: false</c>.</summary>
    public required long NotRecovered { get; init; }

    /// <summary>Announced loss: <c>resync</c> frames.</summary>
    public required long Resyncs { get; init; }

    /// <summary>Announced losses, of either kind, beside the faults that may cost messages.</summary>
    public required long UnexcusedLosses { get; init; }

    /// <summary>In modes without a stream: deliveries that acknowledged messages should have had.</summary>
    public required long Expected { get; init; }

    /// <summary>In modes without a stream: those of them that never came.</summary>
    public required long Missed { get; init; }

    /// <summary>In modes without a stream: deliveries beyond those expected.</summary>
    public required long Surplus { get; init; }

    /// <summary>How connections ended that clients did not end themselves: by code, 1006 where there was no close frame.</summary>
    public required IReadOnlyDictionary<string, long> Closes { get; init; }

    /// <summary>Errors by code.</summary>
    public required IReadOnlyDictionary<string, long> Errors { get; init; }

    /// <summary>From the first attempt of a send to its acknowledgement.</summary>
    public required Percentiles AckTime { get; init; }

    /// <summary>From the first attempt of a send to each live delivery.</summary>
    public required Percentiles DeliveryTime { get; init; }

    /// <summary>From losing a connection to having joined again.</summary>
    public required Percentiles AbsenceTime { get; init; }

    public required IReadOnlyDictionary<ViolationKind, long> ViolationCounts { get; init; }

    /// <summary>The first 20 of each kind.</summary>
    public required IReadOnlyList<Violation> Violations { get; init; }

    /// <summary>Nothing was found that the servers promise not to do.</summary>
    [JsonIgnore]
    public bool HoldsPromises => IsComplete && ViolationCounts.Count == 0;

    /// <summary>And there was not even an announced loss, but for faults that were marked as such that may cost messages.</summary>
    public bool IsClean => HoldsPromises && UnexcusedLosses == 0;

    public long Count(ViolationKind kind) => ViolationCounts.GetValueOrDefault(kind);

    /// <summary>For faults that must not cost anything.</summary>
    /// <exception cref="AuditFailedException">There is a violation or an announced loss.</exception>
    public void AssertClean()
    {
        if (!IsClean)
            throw new AuditFailedException(this);
    }

    /// <summary>For faults that may cost messages, as long as clients are told.</summary>
    /// <exception cref="AuditFailedException">There is a violation.</exception>
    public void AssertPromises()
    {
        if (!HoldsPromises)
            throw new AuditFailedException(this);
    }

    public string ToJson() => JsonSerializer.Serialize(this, VerdictJson.Default.Verdict);

    public override string ToString() => VerdictText.Of(this);
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(Verdict))]
internal sealed partial class VerdictJson : JsonSerializerContext;

/// <summary>An audit found what must not be; the message is the verdict.</summary>
internal sealed class AuditFailedException(Verdict verdict) : Exception(verdict.ToString())
{
    public Verdict Verdict => verdict;
}
