namespace AspireChat.LoadTest.Load.Reports.Charts;

/// <summary>One line of a chart.</summary>
/// <param name="Name">In the legend.</param>
/// <param name="Points">From left to right; a null breaks the line.</param>
/// <param name="Dots">Whether each point is marked, with its values to point at.</param>
/// <param name="Filled">Whether what is under it is shaded.</param>
internal sealed record Series(string Name, IReadOnlyList<(double X, double? Y)> Points, bool Dots = false, bool Filled = false);

/// <summary>A stretch of the horizontal axis with a name.</summary>
/// <param name="Name">Above it, where there is room; and where one points at it.</param>
/// <param name="From">Where it begins.</param>
/// <param name="To">Where it ends.</param>
/// <param name="Mark">Whether it stands out. Null: every other one is shaded, to be told apart.</param>
internal readonly record struct Band(string Name, double From, double To, bool? Mark = null);
