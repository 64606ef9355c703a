using System.ComponentModel.DataAnnotations;

namespace AspireChat.ChatServer.Rebalancing;

/// <summary>When connections are asked to move, so that an instance that came late gets its share.</summary>
internal sealed class RebalancingOptions
{
    public const string SectionName = "Chat:Rebalancing";

    /// <summary>
    /// Default true. Off for load tests that open all their connections at one instance, and where load balancers count connections themselves.
    /// </summary>
    public bool Enabled { get; set; } = true;

    /// <summary>With fewer connections on the average instance nobody is moved: it would gain nothing. 1 or more, default 10.</summary>
    [Range(1, int.MaxValue)]
    public int LeastConnections { get; set; } = 10;

    /// <summary>
    /// How long the spread must have been uneven, without a break, before anybody is moved. 0 to 600 s, default 5 s: longer than it takes to see that an
    /// instance has died, and that its connections are elsewhere.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(5);
}
