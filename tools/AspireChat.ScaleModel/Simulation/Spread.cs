namespace AspireChat.ScaleModel.Simulation;

/// <summary>How unevenly something falls on machines.</summary>
internal sealed record Spread(double Mean, double P99, double Most)
{
    /// <summary>How much more than the average the 99th of a hundred has.</summary>
    public double P99Ratio => Mean > 0 ? P99 / Mean : 1;

    public double MostRatio => Mean > 0 ? Most / Mean : 1;

    public static Spread Of(double[] loads)
    {
        double[] sorted = [.. loads.Order()];
        return new Spread(sorted.Average(), sorted[(int)Math.Ceiling(0.99 * sorted.Length) - 1], sorted[^1]);
    }
}
