using System.ComponentModel.DataAnnotations;

namespace AspireChat.ChatServer.Connections;

/// <summary>How much one client may ask for, and all of them together. 0 is no limit, where nothing else is said.</summary>
internal sealed class LimitsOptions
{
    public const string SectionName = "Chat:Limits";

    /// <summary>What <see cref="ConnectionsPerAddress"/> is outside Development: room for an office behind one address, and none for a flood.</summary>
    public const int DefaultConnectionsPerAddress = 200;

    /// <summary>What <see cref="ConnectionsPerUser"/> is outside Development: some devices, and some pages on each.</summary>
    public const int DefaultConnectionsPerUser = 50;

    /// <summary>Messages a second and connection; twice as many may come in a burst. Other requests may come five times as often. Default 20.</summary>
    [Range(0, 1_000_000)]
    public int SendsPerSecond { get; set; } = 20;

    /// <summary>Rooms that one connection may be in. Default 50.</summary>
    [Range(0, 1_000_000)]
    public int RoomsPerConnection { get; set; } = 50;

    /// <summary>
    /// Connections of this instance; the next are refused with 503. Default: on Linux, nine tenths of the files that the process may have open, and no limit
    /// elsewhere.
    /// </summary>
    [Range(0, 10_000_000)]
    public int? Connections { get; set; }

    /// <summary>Connections of this instance from one IP address, or one IPv6 network of 64 bits. Default 200, and 0 in Development.</summary>
    [Range(0, 1_000_000)]
    public int? ConnectionsPerAddress { get; set; }

    /// <summary>Connections of this instance of one user, where authentication is on. Default 50, and 0 in Development.</summary>
    [Range(0, 1_000_000)]
    public int? ConnectionsPerUser { get; set; }

    /// <summary>
    /// Messages of all connections of this instance that may be on their way to the backplane at once, from 16 to 65,536; the next ones wait, up to a second.
    /// Default 2,048: a third of what a Redis stores in a second, so that its answers come well before they are given up.
    /// </summary>
    [Range(16, 65_536)]
    public int MessagesOnTheirWay { get; set; } = 2_048;
}
