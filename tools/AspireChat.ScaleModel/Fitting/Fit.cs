using AspireChat.ScaleModel.Costs;
using AspireChat.ScaleModel.Measured;

namespace AspireChat.ScaleModel.Fitting;

/// <summary>Finds the costs that come closest to what was measured, by the ratio of the two.</summary>
/// <remarks>
/// The floors are not fitted: no load that this machine carries comes near them. They are what else is known: 0.1 µs for a delivery of 64 that are joined in a
/// write, 2.5 µs for a message off a subscription, and for one that a client sends alone a read and a write of 8 µs each. So are the copies of Redis, which three
/// instances hardly show: 356 bytes to 50 subscribers, published alone and 16 at a time, measured on the same machine.
/// </remarks>
internal static class Fit
{
    private const double SendFloor = 16;
    private const double HearFloor = 2.5;
    private const double WriteFloor = 0.1;
    private const double CopyAlone = 4.3;
    private const double CopyFloor = 0.65;

    /// <summary>A point that is further off than this was disturbed, and counts no more for it.</summary>
    private static readonly double Furthest = Math.Pow(Math.Log(1.7), 2);

    public static FittedCosts Of(MeasuredLoads instances, MeasuredLoads gateway)
    {
        MeasuredLoad[] pubsub = [.. instances.Points.Where(point => point.Mode == Mode.PubSub)];
        MeasuredLoad[] stream = [.. instances.Points.Where(point => point.Mode == Mode.Stream)];
        return new FittedCosts
        {
            PubSubInstance = Instance(pubsub),
            StreamInstance = Instance(stream),
            PubSubRedis = Redis(pubsub),
            StreamRedis = Redis(stream),
            Gateway = Gateway([.. gateway.Points]),
        };
    }

    private static InstanceCost Instance(MeasuredLoad[] points)
    {
        InstanceCost Cost(double[] x) => new(x[0], new(x[1], x[3], SendFloor), new(x[2], x[3], HearFloor), new(x[4], x[5], WriteFloor));
        return Cost(Best([20_000, 200, 300, 500, 6, 80], points, point => point.InstancesMicroseconds, (x, point) => Predictions.InstancesMicroseconds(Cost(x), point)));
    }

    private static RedisCost Redis(MeasuredLoad[] points)
    {
        RedisCost Cost(double[] x) => new(x[0], x[1], new(x[2], x[3], x[4]), new(CopyAlone, x[3], CopyFloor));
        return Cost(Best([1_000, 600, 150, 300, 5], points, point => point.RedisMicroseconds, (x, point) => Predictions.RedisMicroseconds(Cost(x), point)));
    }

    private static GatewayCost Gateway(MeasuredLoad[] points)
    {
        GatewayCost Cost(double[] x) => new(x[0], new(x[1], x[2], HearFloor), new(x[3], x[4], WriteFloor));
        return Cost(Best([10_000, 250, 1_500, 15, 80], points, point => point.GatewayMicroseconds, (x, point) => Predictions.GatewayMicroseconds(Cost(x), point)));
    }

    /// <summary>Costs are positive, and of any size: so their logarithms are looked for.</summary>
    private static double[] Best(double[] start, MeasuredLoad[] points, Func<MeasuredLoad, double> measured, Func<double[], MeasuredLoad, double> predicted)
    {
        double[] Costs(double[] logs) => [.. logs.Select(log => Math.Exp(log))];
        double Error(double[] logs) => points.Sum(point => Math.Min(Math.Pow(Math.Log(predicted(Costs(logs), point) / measured(point)), 2), Furthest));
        return [.. Costs(NelderMead.Minimise(Error, [.. start.Select(cost => Math.Log(cost))])).Select(cost => double.Round(cost, 4))];
    }
}
