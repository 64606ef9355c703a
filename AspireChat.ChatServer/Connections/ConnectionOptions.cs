using System.ComponentModel.DataAnnotations;

namespace AspireChat.ChatServer.Connections;

/// <summary>How connections are kept alive, and when they are given up.</summary>
internal sealed class ConnectionOptions
{
    public const string SectionName = "Chat:Connections";

    /// <summary>Seconds between two pings of the server. A peer of whom nothing is heard for twice as long is closed with 4001. Default 20.</summary>
    [Range(1, 3600)]
    public int PingSeconds { get; set; } = 20;

    /// <summary>
    /// Seconds within which a new connection must have sent a valid frame; a socket that has not even begun a request is closed within them too. Default 15.
    /// </summary>
    [Range(1, 3600)]
    public int SilentSeconds { get; set; } = 15;

    /// <summary>How long a request may take to come with all its headers, from its first byte on.</summary>
    public static TimeSpan RequestHead { get; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the first look at a socket's bytes may take, before the web server waits for them.</summary>
    public static TimeSpan FirstLook { get; } = TimeSpan.FromSeconds(2);

    /// <summary>How long the web server waits for the first byte: what is left of the time, but for the second between two of its looks at the clock.</summary>
    public TimeSpan SilentSocket => TimeSpan.FromSeconds(Math.Max(1, SilentSeconds - FirstLook.TotalSeconds - 1));

    /// <summary>Bytes that may wait for a peer to read; past it the connection is closed with 4000. Default 1 MiB.</summary>
    [Range(64 * 1024, 1024 * 1024 * 1024)]
    public int OutboundBytes { get; set; } = 1024 * 1024;

    /// <summary>Seconds in which a peer that is sent something must accept some of it; past it the connection is closed with 4000. Default 5.</summary>
    [Range(1, 3600)]
    public int StalledSeconds { get; set; } = 5;

    /// <summary>
    /// Whether a fan-out writes to its sockets by one system call (io_uring) where the kernel has it; else, and where this is false, it writes to one after
    /// the other. Default true.
    /// </summary>
    public bool BatchWrites { get; set; } = true;
}
