namespace AspireChat.CostGuard.Measuring;

internal static class Medians
{
    public static TimeSpan Median(this IEnumerable<TimeSpan> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[sorted.Count / 2] + sorted[(sorted.Count - 1) / 2]) / 2;
    }
}
