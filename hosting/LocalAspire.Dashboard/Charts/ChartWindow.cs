namespace LocalAspire.Dashboard.Charts;

/// <summary>How much of the past a chart shows, and how finely.</summary>
public sealed record ChartWindow(int Minutes, string Text, TimeSpan Step)
{
    public static readonly IReadOnlyList<ChartWindow> All =
    [
        new(1, "1 minute", TimeSpan.FromSeconds(1)),
        new(5, "5 minutes", TimeSpan.FromSeconds(3)),
        new(15, "15 minutes", TimeSpan.FromSeconds(10)),
        new(30, "30 minutes", TimeSpan.FromSeconds(15)),
        new(60, "1 hour", TimeSpan.FromSeconds(30)),
        new(180, "3 hours", TimeSpan.FromMinutes(2)),
        new(360, "6 hours", TimeSpan.FromMinutes(3)),
        new(720, "12 hours", TimeSpan.FromMinutes(6)),
    ];

    /// <summary>Five minutes where nothing else is asked for.</summary>
    public static ChartWindow Of(int? minutes) => All.FirstOrDefault(window => window.Minutes == minutes) ?? All[1];

    public TimeSpan Length => TimeSpan.FromMinutes(Minutes);
}
