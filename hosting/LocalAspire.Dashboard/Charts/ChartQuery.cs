namespace LocalAspire.Dashboard.Charts;

/// <summary>What a chart is to show of an instrument.</summary>
public sealed record ChartQuery
{
    /// <summary>The value of <see cref="SplitBy"/> for one line per resource.</summary>
    public const string ByResource = "resource";

    /// <summary>The values of <see cref="SplitBy"/> for one line for all.</summary>
    public const string Together = "";

    public required ChartWindow Window { get; init; }

    /// <summary>A dimension of which each value gets a line, <see cref="ByResource"/>, or <see cref="Together"/>.</summary>
    public string SplitBy { get; init; } = Together;

    /// <summary>For each dimension that is filtered, the values wanted.</summary>
    public IReadOnlyDictionary<string, IReadOnlySet<string>> Dimensions { get; init; } = new Dictionary<string, IReadOnlySet<string>>();

    /// <summary>Of a histogram that is split: the percentile that the lines show.</summary>
    public double Percentile { get; init; } = 0.99;
}
