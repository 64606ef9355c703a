using AspireChat.LoadTest.Faults.Measuring;

namespace AspireChat.Tests.FaultRuns;

public sealed class MemoryGrowthTests
{
    [Fact]
    public void Memory_that_goes_up_and_down_is_flat() =>
        Assert.True(Of("chat-1", minutes: 60, minute => 120 + (minute % 7)) is { IsJudged: true, IsFlat: true });

    [Fact]
    public void A_megabyte_a_minute_is_not_flat()
    {
        var growth = Of("chat-1", minutes: 60, minute => 120 + minute);

        Assert.Equal(60, growth.PerHour, tolerance: 1);
        Assert.True(growth is { IsJudged: true, IsFlat: false });
    }

    [Fact]
    public void What_a_process_takes_at_its_start_is_no_growth() =>
        Assert.True(Of("chat-1", minutes: 60, minute => minute < 5 ? 80 : 140).IsFlat);

    [Fact]
    public void A_short_life_and_the_data_of_Redis_are_not_judged()
    {
        Assert.False(Of("chat-2", minutes: 10, minute => 120 + minute).IsJudged);
        Assert.False(Of("redis", minutes: 60, minute => 20 + (2 * minute)).IsJudged);
    }

    private static MemoryGrowth Of(string name, int minutes, Func<int, double> megabytes) =>
        Assert.Single(MemoryGrowth.Of([new ProcessMemory(name, 1, [.. Enumerable.Range(0, minutes + 1).Select(minute => new MemoryPoint(minute * 60, megabytes(minute)))])]));
}
