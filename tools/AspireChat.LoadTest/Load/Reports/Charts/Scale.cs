namespace AspireChat.LoadTest.Load.Reports.Charts;

/// <summary>Takes values to places on an axis, and knows where its ticks are.</summary>
internal sealed class Scale
{
    private readonly bool _logarithmic;
    private readonly double _from;
    private readonly double _to;

    private Scale(double from, double to, bool logarithmic, IReadOnlyList<double> ticks) =>
        (_from, _to, _logarithmic, Ticks) = (from, to, logarithmic, ticks);

    public IReadOnlyList<double> Ticks { get; }

    /// <summary>Exactly so far, with the ticks given.</summary>
    public static Scale Fixed(double from, double to, IReadOnlyList<double> ticks) => new(from, Math.Max(to, from + 1e-9), false, ticks);

    /// <summary>From 0 to a round number above the highest.</summary>
    public static Scale FromZero(double highest)
    {
        var step = RoundStep(Math.Max(highest, 1e-3) / 4);
        var count = (int)Math.Ceiling(Math.Max(highest, 1e-3) / step * 0.999);
        return new Scale(0, count * step, false, [.. Enumerable.Range(0, count + 1).Select(i => i * step)]);
    }

    /// <summary>Whole powers of ten around all values, which are above 0.</summary>
    public static Scale Logarithmic(double lowest, double highest)
    {
        var from = (int)Math.Floor(Math.Log10(lowest));
        var to = Math.Max(from + 1, (int)Math.Ceiling(Math.Log10(highest)));
        return new Scale(Math.Pow(10, from), Math.Pow(10, to), true, [.. Enumerable.Range(from, to - from + 1).Select(power => Math.Pow(10, power))]);
    }

    /// <returns>0 for the beginning of the axis, 1 for its end.</returns>
    public double Place(double value) => Math.Clamp(
        _logarithmic ? Math.Log10(Math.Max(value, _from) / _from) / Math.Log10(_to / _from) : (value - _from) / (_to - _from), 0, 1);

    private static double RoundStep(double step)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(step)));
        return power * (step / power) switch { <= 1 => 1, <= 2 => 2, <= 2.5 => 2.5, <= 5 => 5, _ => 10 };
    }
}
