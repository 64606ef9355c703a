namespace AspireChat.CostGuard.Measuring;

/// <summary>What a delivery costs on both sides at one rate: medians of rounds that took turns, so that a busy moment of the machine meets both.</summary>
internal sealed record Comparison(double Rate, TimeSpan Ours, TimeSpan Peer)
{
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1.5);

    /// <summary>Ours in the other's: machines differ in what a delivery costs, and hardly in this.</summary>
    public double Ratio => Ours / Peer;

    public static async Task<IReadOnlyList<Comparison>> MeasureAsync(Side ours, Side peer, IReadOnlyList<double> rates, int rounds, CancellationToken cancellationToken)
    {
        var costs = rates.ToDictionary(rate => rate, _ => (Ours: new List<TimeSpan>(), Peer: new List<TimeSpan>()));
        for (var round = 0; round < rounds; round++)
        {
            foreach (var rate in rates)
            {
                costs[rate].Ours.Add((await ours.MeasureAsync(rate, Round, cancellationToken)).PerDelivery);
                costs[rate].Peer.Add((await peer.MeasureAsync(rate, Round, cancellationToken)).PerDelivery);
            }
        }

        return [.. rates.Select(rate => new Comparison(rate, costs[rate].Ours.Median(), costs[rate].Peer.Median()))];
    }
}
