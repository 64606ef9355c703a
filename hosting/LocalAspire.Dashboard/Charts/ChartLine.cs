namespace LocalAspire.Dashboard.Charts;

/// <summary>One line: a value for each time of the frame, null where nothing is known.</summary>
/// <param name="ColorName">The resource whose colour it has; null for one of its own.</param>
public sealed record ChartLine(string Label, double?[] Values, string? ColorName = null);
