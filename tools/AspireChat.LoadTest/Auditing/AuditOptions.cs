using System.Net.Sockets;

namespace AspireChat.LoadTest.Auditing;

/// <summary>How clients come back after a lost connection.</summary>
internal enum ReconnectPace
{
    /// <summary>As the protocol says: a random time in 0…min(30 s, 0.25 s × 2ⁿ), or the time that the server gave.</summary>
    FullJitter,

    /// <summary>Within 20 ms, whatever happens: the worst that servers can meet.</summary>
    AtOnce,
}

/// <summary>What an audit does to a deployment.</summary>
internal sealed record AuditOptions
{
    /// <summary>
    /// Where clients connect: instances, gateways or both. <c>http</c> addresses stand for their WebSocket endpoint. Client n begins at the n-th, in
    /// turn, and goes on to the next whenever it has lost a connection.
    /// </summary>
    public required IReadOnlyList<Uri> Targets { get; init; }

    /// <summary>How many clients; each joins one room, in turn. Default 6.</summary>
    public int Clients { get; init; } = 6;

    /// <summary>How many of them send as well. Default all.</summary>
    public int? Senders { get; init; }

    /// <summary>How many rooms. They get random names, so that an audit sees its own messages only. Default 1.</summary>
    public int Rooms { get; init; } = 1;

    /// <summary>Sends a second, by all senders together. Default 50.</summary>
    public double SendsPerSecond { get; init; } = 50;

    /// <summary>How many sends of one sender may await their answer at once; at the limit it makes no new ones. Default 32.</summary>
    public int InFlight { get; init; } = 32;

    /// <summary>Length of a text, in characters, 16 to 4,000. Default 100.</summary>
    public int TextChars { get; init; } = 100;

    /// <summary>The number of a client for which the network holds as little as it can, so that it fills up soon when that client stops reading. Default none.</summary>
    public int? NarrowClient { get; init; }

    /// <summary>How clients come back. Default <see cref="ReconnectPace.FullJitter"/>.</summary>
    public ReconnectPace Reconnect { get; init; } = ReconnectPace.FullJitter;

    /// <summary>Without an answer to a ping for so long, a connection is given up; a client pings twice as often. Default 10 s.</summary>
    public TimeSpan DeadAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Without an answer for so long, a send is sent again. Default 3 s.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Without an acknowledgement for so long, a send is given up, its outcome unknown. Under 5 min, for which servers know an id again. Default 2 min.</summary>
    public TimeSpan SendTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Within what time a send must be acknowledged while no fault lasts. Default 10 s.</summary>
    public TimeSpan AckLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long all clients may take to join at the start. Default 30 s.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long clients may take at the end to get what is still on its way. Default 20 s.</summary>
    public TimeSpan SettleTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Starts each client's user name, followed by its number. Default <c>audit-</c>.</summary>
    public string NamePrefix { get; init; } = "audit-";

    /// <summary>Makes the TCP sockets of the clients. Default: ordinary ones.</summary>
    public Func<Socket>? NewSocket { get; init; }

    /// <summary>Gives the bearer token of a user. Default: none.</summary>
    public Func<string, CancellationToken, ValueTask<string?>>? TokenProvider { get; init; }

    /// <summary>The file of the record; gzipped when it ends in <c>.gz</c>. Default null: a temporary file, deleted when the audit is disposed.</summary>
    public string? RecordPath { get; init; }

    internal void Validate()
    {
        Require(Targets.Count > 0, nameof(Targets), "needs one address at least");
        Require(Clients > 0, nameof(Clients), "must be 1 or more");
        Require(Rooms > 0 && Rooms <= Clients, nameof(Rooms), "must be 1 to the number of clients, so that each room has one");
        Require(Senders is null or >= 0 && (Senders ?? 0) <= Clients, nameof(Senders), "must be 0 to the number of clients");
        Require(SendsPerSecond >= 0, nameof(SendsPerSecond), "must be 0 or more");
        Require(InFlight > 0, nameof(InFlight), "must be 1 or more");
        Require(TextChars is >= 16 and <= 4000, nameof(TextChars), "must be 16 to 4,000");
        Require(SendTimeout < TimeSpan.FromMinutes(5), nameof(SendTimeout), "must be under 5 min");
    }

    private static void Require(bool holds, string option, string rule)
    {
        if (!holds)
            throw new ArgumentException($"The audit's option '{option}' {rule}.", option);
    }
}
