using System.ComponentModel.DataAnnotations;

namespace AspireChat.ChatServer.Backplane.Streams;

/// <summary>How much of a room's stream Redis keeps. Every instance must be configured alike: each applies its own bounds when it publishes.</summary>
internal sealed class StreamOptions
{
    public const string SectionName = "Chat:Stream";

    /// <summary>Messages that a room's history holds at most, from 1 to 100,000. Default 10,000.</summary>
    [Range(1, 100_000)]
    public int HistoryMessages { get; set; } = 10_000;

    /// <summary>Bytes that a room's history holds at most, from 64 KiB to 64 MiB. Default 4 MiB.</summary>
    [Range(64 * 1024, 64 * 1024 * 1024)]
    public int HistoryBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>How long a room's history is kept after its last message, from 1 s to a day. Default 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan HistoryLifetime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a room's epoch and top offset are kept when nobody uses it, from a minute to 90 days; much longer than its history. Default 7 days.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "90.00:00:00")]
    public TimeSpan StreamLifetime { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How long the same send is the same message, from 1 s to an hour. Default 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan SendLifetime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How many sends of a room are remembered at most, from 1 to 100,000. Default 10,000.</summary>
    [Range(1, 100_000)]
    public int Sends { get; set; } = 10_000;

    /// <summary>
    /// Lifetimes are set anew at most once in so long rather than with every message, and are that much longer, from 0 to a minute. Default 30 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan ExpirySlack { get; set; } = TimeSpan.FromSeconds(30);
}
