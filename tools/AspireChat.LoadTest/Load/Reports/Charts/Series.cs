namespace AspireChat.LoadTest.Load.Reports.Charts;

/// <summary>One line of a chart.</summary>
/// <param name="Name">In the legend.</param>
/// <param name="Points">From left to right; a null breaks the line.</param>
/// <param name="Dots">Whether each point is marked, with its values to point at.</param>
/// <param name="Filled">Whether what is under it is shaded.</param>
internal sealed record Series(string Name, IReadOnlyList<(double X, double? Y)> Points, bool Dots = false, bool Filled = false);

/// <summary>A stretch of the horizontal axis with a name.</summary>
internal readonly record struct Band(string Name, double From, double To);
