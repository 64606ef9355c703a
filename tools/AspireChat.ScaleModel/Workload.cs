namespace AspireChat.ScaleModel;

/// <summary>What a deployment is to carry.</summary>
internal sealed record Workload
{
    /// <summary>Connections that are open at a time.</summary>
    public required double Connections { get; init; }

    /// <summary>Rooms that have members.</summary>
    public required double Rooms { get; init; }

    /// <summary>Members of a room on average. Default: so many that each connection is in one room.</summary>
    public double? MembersPerRoom { get; init; }

    /// <summary>Messages a second in a room on average. Default 0.1.</summary>
    public double Rate { get; init; } = 0.1;

    /// <summary>Bytes of a message's text. Default 128.</summary>
    public int TextBytes { get; init; } = 128;

    /// <summary>The mode of the backplane. Default <see cref="Mode.Stream"/>.</summary>
    public Mode Mode { get; init; } = Mode.Stream;

    /// <summary><c>Chat__Transport</c>. Default <see cref="Transport.Kestrel"/>.</summary>
    public Transport Transport { get; init; } = Transport.Kestrel;

    /// <summary>Whether clients come through gateways. Default true.</summary>
    public bool Gateways { get; init; } = true;

    /// <summary>Messages that a room's history holds, <c>Chat__Stream__HistoryMessages</c>. Default 10,000.</summary>
    public int HistoryMessages { get; init; } = 10_000;

    public double Members => MembersPerRoom ?? Connections / Rooms;

    /// <summary>Messages a second, of all rooms.</summary>
    public double Messages => Rooms * Rate;

    /// <summary>Deliveries a second, to all connections.</summary>
    public double Deliveries => Messages * Members;

    /// <summary>Rooms that a connection is in, on average.</summary>
    public double RoomsPerConnection => Rooms * Members / Connections;

    /// <exception cref="ScaleException">A figure makes no sense.</exception>
    public Workload Validated()
    {
        ScaleException.Require(Connections is >= 1 and <= 1e9, "connections", "must be 1 to 1,000,000,000");
        ScaleException.Require(Rooms is >= 1 and <= 1e9, "rooms", "must be 1 to 1,000,000,000");
        ScaleException.Require(double.IsFinite(Members) && Members >= 1, "members", "must be 1 or more in each room: give fewer rooms, or more connections");
        ScaleException.Require(Members <= Connections, "members", "must not be more than there are connections");
        ScaleException.Require(RoomsPerConnection >= 1 - 1e-9, "members", "leaves connections in no room: give more members to a room, or more rooms");
        ScaleException.Require(Rate is >= 0 and <= 1e6, "rate", "must be 0 to 1,000,000 messages a second in each room");
        ScaleException.Require(TextBytes is >= 1 and <= 16_000, "text", "must be 1 to 16,000 bytes");
        ScaleException.Require(HistoryMessages is >= 1 and <= 100_000, "history", "must be 1 to 100,000 messages");
        return this;
    }
}
