using AspireChat.LoadTest.Faults;
using AspireChat.LoadTest.Faults.Kinds;
using AspireChat.LoadTest.Faults.Schedules;

namespace AspireChat.Tests.FaultRuns;

/// <summary>A schedule is a function of what was asked for.</summary>
public sealed class ScheduleTests
{
    [Fact]
    public void The_same_seed_gives_the_same_schedule_today_and_tomorrow()
    {
        var schedule = Schedule.Of(Options(42));

        Assert.Equal(schedule, Schedule.Of(Options(42)));
        Assert.Equal([12, 4, 2, 11, 7, 9, 14, 13, 10, 16, 1, 8, 15, 3, 6, 5, 17], schedule.Take(17).Select(scheduled => scheduled.Fault.Number));
        Assert.Equal(TimeSpan.FromSeconds(3), schedule[0].At);
    }

    [Fact]
    public void Another_seed_gives_another_schedule() =>
        Assert.NotEqual(Schedule.Of(Options(42)).Select(scheduled => scheduled.Fault.Number), Schedule.Of(Options(43)).Select(scheduled => scheduled.Fault.Number));

    [Fact]
    public void Faults_do_not_overlap_unless_they_may()
    {
        var options = Options(7) with { Duration = TimeSpan.FromHours(1) };
        var schedule = Schedule.Of(options);
        var overlapping = Schedule.Of(options with { Overlap = true });

        Assert.All(schedule.Zip(schedule.Skip(1)), pair => Assert.True(pair.First.At + pair.First.Fault.Length(options) < pair.Second.At));
        Assert.Contains(overlapping.Zip(overlapping.Skip(1)), pair => pair.First.At + pair.First.Fault.Length(options) > pair.Second.At);
        Assert.InRange(schedule[^1].At + schedule[^1].Fault.Length(options), TimeSpan.FromMinutes(55), options.Duration);
    }

    [Fact]
    public void Every_fault_has_come_once_before_any_comes_again()
    {
        var schedule = Schedule.Of(Options(5) with { Only = [1, 3, 6], Duration = TimeSpan.FromMinutes(30) });

        Assert.All(schedule.SkipLast(3).Chunk(3), round => Assert.Equal([1, 3, 6], round.Select(scheduled => scheduled.Fault.Number).Order()));
    }

    [Fact]
    public void All_seventeen_faults_of_the_table_are_there() =>
        Assert.Equal(Enumerable.Range(1, 17), FaultCatalog.All.Select(fault => fault.Number));

    private static FaultRunOptions Options(int seed) => new() { Seed = seed, Duration = TimeSpan.FromMinutes(10), Crowd = 500 };
}
