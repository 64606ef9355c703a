using System.ComponentModel.DataAnnotations;

namespace AspireChat.ChatServer.Instances;

/// <summary>How instances know of each other's life and death.</summary>
internal sealed class InstancesOptions
{
    public const string SectionName = "Chat:Instances";

    /// <summary>
    /// How often an instance renews its lease and tells its numbers. 0.1 to 10 s, default 1 s: connection counts must be fresh for rebalancing, and a jump
    /// of Redis's clock must be mended before anybody acts on it.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:10")]
    public TimeSpan Beat { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long an instance that is not heard counts as alive. 1 to 300 s, default 25 s; several beats long.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>
    /// How long an instance must have held its own lease before it clears up after others. 0 to 60 s, default 5 s: when Redis comes back from a long
    /// absence, every lease has run out, and the living need a moment to renew theirs.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long the lease of an instance still lasts once another has been started under its name, so that its users can come back before they count as
    /// gone. 0 to 60 s, default 5 s, as <c>Chat:Presence:Grace</c>.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan Succession { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long one instance has for a part of the clearing up before another may take it over. 1 to 60 s, default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan Claim { get; set; } = TimeSpan.FromSeconds(10);
}
