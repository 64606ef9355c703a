namespace AspireChat.LoadTest.Faults.Measuring;

/// <summary>
/// Whether the memory of a process is flat. A process that lived long enough is judged: from the median of the first quarter of its life to that of the last
/// it may grow by <see cref="AllowedPerHour"/>, in an hour. What an instance needs for its rooms and caches it has taken by then.
/// </summary>
internal sealed record MemoryGrowth
{
    /// <summary>Megabytes an hour that are no growth: what the collector moves up and down by.</summary>
    public const double AllowedPerHour = 48;

    /// <summary>A shorter life says nothing of an hour.</summary>
    private const double ShortestSeconds = 20 * 60 * 0.9;

    public required string Name { get; init; }

    public required double Seconds { get; init; }

    /// <summary>Median of the first quarter, in MB.</summary>
    public required double First { get; init; }

    /// <summary>Median of the last quarter, in MB.</summary>
    public required double Last { get; init; }

    public required double PerHour { get; init; }

    /// <summary>Whether it counts: a chat server or gateway that lived for 20 min, all but.</summary>
    public required bool IsJudged { get; init; }

    public bool IsFlat => PerHour <= AllowedPerHour;

    public static IEnumerable<MemoryGrowth> Of(IEnumerable<ProcessMemory> processes) => processes.Where(process => process.Points.Count >= 4).Select(Of);

    private static MemoryGrowth Of(ProcessMemory process)
    {
        var (points, quarter) = (process.Points, process.Points.Count / 4);
        var seconds = points[^1].At - points[0].At;
        var (first, last) = (Median(points.Take(quarter)), Median(points.TakeLast(quarter)));
        return new MemoryGrowth
        {
            Name = process.Name,
            Seconds = seconds,
            First = first,
            Last = last,
            // Between the middles of both quarters.
            PerHour = (last - first) / ((points[^((quarter / 2) + 1)].At - points[quarter / 2].At) / 3600),
            IsJudged = process.Name != "redis" && seconds >= ShortestSeconds,
        };
    }

    private static double Median(IEnumerable<MemoryPoint> points) => points.Select(point => point.Megabytes).Order().ToArray() is var sorted ? sorted[sorted.Length / 2] : 0;
}
