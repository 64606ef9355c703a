using System.Diagnostics;
using HdrHistogram;

namespace AspireChat.LoadTest.Load.Measuring;

/// <summary>Histograms of durations in microseconds, up to two minutes, right to three digits.</summary>
internal static class Latencies
{
    private const long Highest = 120_000_000;
    private static readonly double MicrosecondsPerTick = 1e6 / Stopwatch.Frequency;

    public static LongHistogram NewHistogram() => new(1, Highest, 3);

    public static void Record(LongHistogram histogram, long ticks) =>
        histogram.RecordValue(Math.Clamp((long)(ticks * MicrosecondsPerTick), 1, Highest));
}
