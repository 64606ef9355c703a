namespace LocalAspire.Dashboard.Charts;

/// <summary>All that is drawn at one moment.</summary>
/// <param name="Times">In seconds since 1970, ascending.</param>
/// <param name="Unit">Of the values, as a person writes it; may be empty.</param>
/// <param name="LeftOut">Lines that there was no room for.</param>
public sealed record ChartFrame(double[] Times, IReadOnlyList<ChartLine> Lines, IReadOnlyList<ChartExemplar> Exemplars, string Unit, int LeftOut);
