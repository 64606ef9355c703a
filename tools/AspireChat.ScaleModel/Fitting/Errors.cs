using AspireChat.ScaleModel.Costs;
using AspireChat.ScaleModel.Measured;

namespace AspireChat.ScaleModel.Fitting;

/// <summary>How far the model is from what was measured: ratios of the two, the larger over the smaller, less 1.</summary>
internal sealed record Errors(string Of, IReadOnlyList<double> Ratios)
{
    public static IReadOnlyList<Errors> All { get; } =
    [
        .. from mode in (Mode[])[Mode.PubSub, Mode.Stream]
           from instances in (int[])[1, 2, 3]
           select Between($"CPU of {instances} instance{(instances > 1 ? "s" : "")}, `{mode.ToString().ToLowerInvariant()}`", On(mode, instances), point => point.InstancesMicroseconds, point => Predictions.InstancesMicroseconds(FittedCosts.Recorded.Instance(mode), point)),
        .. from mode in (Mode[])[Mode.PubSub, Mode.Stream]
           select Between($"CPU of Redis, `{mode.ToString().ToLowerInvariant()}`", MeasuredLoads.Instances.Points.Where(point => point.Mode == mode), point => point.RedisMicroseconds, point => Predictions.RedisMicroseconds(FittedCosts.Recorded.Redis(mode), point)),
        Between("bytes that Redis sends", MeasuredLoads.Instances.Points.Where(point => point.MessagesPerSecond >= 20), point => point.RedisBytesOut, Predictions.RedisBytesOut),
        Between("CPU of the gateway", MeasuredLoads.Gateway.Points, point => point.GatewayMicroseconds, point => Predictions.GatewayMicroseconds(FittedCosts.Recorded.Gateway, point)),
    ];

    /// <summary>The middle one.</summary>
    public double Typical => Sorted[Ratios.Count / 2];

    /// <summary>All but a ninth: one point of nine may have been disturbed.</summary>
    public double EightOfNine => Sorted[(Ratios.Count * 8 / 9) - 1];

    public double Furthest => Sorted[^1];

    private double[] Sorted => [.. Ratios.Order()];

    private static IEnumerable<MeasuredLoad> On(Mode mode, int instances) => MeasuredLoads.Instances.Points.Where(point => point.Mode == mode && point.Instances == instances);

    private static Errors Between(string of, IEnumerable<MeasuredLoad> points, Func<MeasuredLoad, double> measured, Func<MeasuredLoad, double> predicted) =>
        new(of, [.. points.Select(point => Math.Exp(Math.Abs(Math.Log(predicted(point) / measured(point)))) - 1)]);
}
