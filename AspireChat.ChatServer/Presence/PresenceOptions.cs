using System.ComponentModel.DataAnnotations;

namespace AspireChat.ChatServer.Presence;

/// <summary>How presence is kept over all instances.</summary>
internal sealed class PresenceOptions
{
    public const string SectionName = "Chat:Presence";

    /// <summary>
    /// How long a user without a connection still counts as present, so that a reconnect is no event. 0 to 60 s, default 5 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often an instance compares what Redis has of its rooms with what it knows. 0.1 to 300 s, default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan Reconcile { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How often an instance writes all that it knows again, whatever Redis has: that mends what no comparison of counts shows, and keeps the keys.
    /// 0.1 to 300 s, default 60 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan Rewrite { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How long Redis keeps what nobody writes again: the last resort, for when every instance died. 1 minute to a day, default 15 minutes; several times
    /// <see cref="Rewrite"/>.
    /// </summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromMinutes(15);
}
