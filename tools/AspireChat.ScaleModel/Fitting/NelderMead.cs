namespace AspireChat.ScaleModel.Fitting;

/// <summary>Finds the least value of a function without its derivative: a simplex that turns, stretches and shrinks its way down.</summary>
internal static class NelderMead
{
    private const int Steps = 1_000;
    private const int Restarts = 3;

    /// <returns>Where the function is least.</returns>
    public static double[] Minimise(Func<double[], double> function, double[] start)
    {
        // A simplex may collapse on its way; from where it did, a new one goes on.
        for (var restart = 0; restart < Restarts; restart++)
            start = Descend(function, start);

        return start;
    }

    private static double[] Descend(Func<double[], double> function, double[] start)
    {
        (double[] At, double Value) Try(double[] at) => (at, function(at));
        var simplex = Enumerable.Range(-1, start.Length + 1).Select(moved => Try([.. start.Select((x, i) => i == moved ? x + 0.5 : x)])).ToArray();
        for (var step = 0; step < Steps; step++)
        {
            Array.Sort(simplex, (one, other) => one.Value.CompareTo(other.Value));
            var worst = simplex[^1];
            double[] centre = [.. start.Select((_, i) => simplex[..^1].Average(point => point.At[i]))];
            (double[], double Value) Along(double way) => Try([.. centre.Select((x, i) => x + (way * (x - worst.At[i])))]);
            var turned = Along(1);
            if (turned.Value < simplex[0].Value)
                simplex[^1] = Along(2) is var far && far.Value < turned.Value ? far : turned;
            else if (turned.Value < simplex[^2].Value)
                simplex[^1] = turned;
            else if (Along(-0.5) is var near && near.Value < worst.Value)
                simplex[^1] = near;
            else
                simplex = [simplex[0], .. simplex[1..].Select(point => Try([.. point.At.Select((x, i) => (x + simplex[0].At[i]) / 2)]))];
        }

        return simplex.MinBy(point => point.Value).At;
    }
}
