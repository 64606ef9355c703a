using System.Text.Json.Serialization;

namespace AspireChat.LoadTest.Auditing.Recording;

/// <summary>One line of a record: something that happened, in the order in which it was noticed. Told before anything is made of it.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "e")]
[JsonDerivedType(typeof(RunBegan), "run")]
[JsonDerivedType(typeof(RunEnded), "end")]
[JsonDerivedType(typeof(FaultBegan), "fault")]
[JsonDerivedType(typeof(FaultEnded), "healed")]
[JsonDerivedType(typeof(WellAgain), "well")]
[JsonDerivedType(typeof(Connected), "connected")]
[JsonDerivedType(typeof(Disconnected), "disconnected")]
[JsonDerivedType(typeof(ModeSeen), "mode")]
[JsonDerivedType(typeof(JoinSent), "join")]
[JsonDerivedType(typeof(JoinAnswered), "joined")]
[JsonDerivedType(typeof(MessageSeen), "message")]
[JsonDerivedType(typeof(ResyncSeen), "resync")]
[JsonDerivedType(typeof(ErrorSeen), "error")]
[JsonDerivedType(typeof(BrokenFrameSeen), "broken")]
[JsonDerivedType(typeof(SendBegan), "send")]
[JsonDerivedType(typeof(SendRepeated), "again")]
[JsonDerivedType(typeof(SendAcknowledged), "ack")]
[JsonDerivedType(typeof(SendRefused), "refused")]
[JsonDerivedType(typeof(SendAbandoned), "unknown")]
internal abstract record AuditEntry
{
    /// <summary>Microseconds since the run began, by one monotonic clock for all clients.</summary>
    [JsonPropertyOrder(-1)]
    public long At { get; set; }
}

/// <param name="Run">The run's random name, which starts each id.</param>
/// <param name="Date">When it began.</param>
/// <param name="AckLimitSeconds">Within what time a send must be acknowledged while no fault lasts.</param>
internal sealed record RunBegan(string Run, DateTimeOffset Date, double AckLimitSeconds) : AuditEntry;

/// <summary>Sends had settled and clients had had their time to catch up: from what is missing now, nothing is still on its way.</summary>
internal sealed record RunEnded : AuditEntry;

/// <param name="Fault">What it is called.</param>
/// <param name="MayLose">Whether it may cost messages, as long as clients are told: until it is all well again.</param>
internal sealed record FaultBegan(string Fault, bool MayLose = false) : AuditEntry;

internal sealed record FaultEnded(string Fault) : AuditEntry;

/// <summary>A fault has ended, and what it had left behind was seen to be over.</summary>
internal sealed record WellAgain(string Fault) : AuditEntry;

internal sealed record Connected(int Client, string Instance, string Mode) : AuditEntry;

/// <param name="Client">The client.</param>
/// <param name="Code">The code of the server's close frame; null when the connection broke without one.</param>
/// <param name="Own">Whether the client left by itself: only then is it not a fault of the servers.</param>
internal sealed record Disconnected(int Client, int? Code, bool Own) : AuditEntry;

internal sealed record ModeSeen(int Client, string Mode) : AuditEntry;

internal sealed record JoinSent(int Client, string Room, StreamPosition? Since) : AuditEntry;

internal sealed record JoinAnswered(int Client, string Room, bool Recovered, StreamPosition? Position, IReadOnlyList<SeenMessage> Messages) : AuditEntry;

internal sealed record MessageSeen(int Client, string Room, SeenMessage Message) : AuditEntry;

internal sealed record ResyncSeen(int Client, string Room, StreamPosition? Position, IReadOnlyList<SeenMessage> Messages) : AuditEntry;

/// <summary>An error that is not about a send.</summary>
internal sealed record ErrorSeen(int Client, string Code, string? Room) : AuditEntry;

internal sealed record BrokenFrameSeen(int Client, string Why) : AuditEntry;

internal sealed record SendBegan(long Send, int Client, string Room, uint Digest) : AuditEntry;

/// <summary>The same id was sent again.</summary>
internal sealed record SendRepeated(long Send) : AuditEntry;

internal sealed record SendAcknowledged(long Send, StreamPosition? Position) : AuditEntry;

internal sealed record SendRefused(long Send, string Code) : AuditEntry;

/// <summary>The sender gave up: whether it was stored is unknown.</summary>
internal sealed record SendAbandoned(long Send) : AuditEntry;
