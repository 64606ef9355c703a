namespace AspireChat.ChatServer.Rebalancing;

/// <summary>How connections are spread over the instances, as one of them sees it.</summary>
/// <param name="Own">The connections of the one that looks.</param>
/// <param name="Average">Of all instances, its own included.</param>
/// <param name="Lightest">The fewest that an instance has.</param>
/// <param name="Heaviest">The most.</param>
/// <param name="Instances">How many instances there are.</param>
internal readonly record struct Spread(int Own, double Average, int Lightest, int Heaviest, int Instances)
{
    /// <summary>Within this part of the average above and below, the spread is even.</summary>
    private const double Slack = 0.1;

    /// <summary>With few connections, so many more or less are no matter of balance.</summary>
    private const int SlackConnections = 2;

    /// <summary>This part of what an instance has too much of is moved at a time. They come back anywhere, so that more would not overshoot, only hurry.</summary>
    private const double Share = 0.2;

    private const int MostAtOnce = 50;

    public static Spread Of(int own, IReadOnlyCollection<int> others) => new(
        own,
        (own + others.Sum(count => (double)count)) / (others.Count + 1),
        Math.Min(own, others.DefaultIfEmpty(own).Min()),
        Math.Max(own, others.DefaultIfEmpty(own).Max()),
        others.Count + 1);

    /// <param name="leastConnections">With fewer on the average it counts as even.</param>
    public bool IsEven(int leastConnections) =>
        Average < leastConnections
        || Heaviest - Lightest <= SlackConnections
        || (Lightest >= Average * (1 - Slack) && Heaviest <= Average * (1 + Slack));

    /// <summary>How many of its own connections an instance should ask to move now.</summary>
    public int Moves => Own - Average is var excess and >= 1 ? Math.Clamp((int)Math.Ceiling(excess * Share), 1, MostAtOnce) : 0;
}
