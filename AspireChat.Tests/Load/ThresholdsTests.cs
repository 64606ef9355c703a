using AspireChat.LoadTest.Load;
using AspireChat.LoadTest.Load.Measuring;
using AspireChat.LoadTest.Load.Reports;

namespace AspireChat.Tests.Load;

public sealed class ThresholdsTests
{
    private static readonly Percentiles Quick = new(100, 1, 2, 3, 4, 5);
    private static readonly Percentiles Slow = new(100, 100, 200, 900, 950, 999);

    [Fact]
    public void A_step_that_kept_everything_holds() => Assert.Empty(new Thresholds().Judge(Step(10)));

    [Fact]
    public void Each_thing_that_was_not_kept_is_told()
    {
        var step = Step(10) with { Latency = Slow, Lost = 2, Repeated = 3, OutOfOrder = 4, Sent = 90, Acknowledged = 89, Errors = new Dictionary<string, long> { ["unavailable"] = 1 }, Closes = new Dictionary<string, long> { ["4000"] = 5 }, Away = 6 };

        Assert.Equal(
        [
            "2 of 1000 deliveries were lost; none may be.",
            "3 deliveries were repeated; none may be.",
            "4 deliveries came out of order; none may be.",
            "The p99 latency was 900.0 ms; at most 500 ms may be.",
            "Only 90 of 100 messages could be sent: publishers were away or held back.",
            "1 of 90 messages were not acknowledged (unavailable × 1).",
            "6 connections were not there at the end.",
            "The server ended 5 connections: 4000 × 5.",
        ], new Thresholds().Judge(step));
    }

    [Fact]
    public void What_is_allowed_is_no_problem()
    {
        var thresholds = new Thresholds { MaxP99 = TimeSpan.FromSeconds(1), MaxLost = 2, MaxRepeated = 3, MaxOutOfOrder = 4 };

        Assert.Empty(thresholds.Judge(Step(10) with { Latency = Slow, Lost = 2, Repeated = 3, OutOfOrder = 4 }));
    }

    [Fact]
    public void A_ladder_may_break_above_the_rate_that_is_asked_for()
    {
        var thresholds = new Thresholds { MinRate = 10 };
        var report = Report(thresholds, Step(10), Step(20) with { Latency = Slow });

        Assert.Empty(thresholds.Judge(report));
        Assert.Equal(10, report.SustainedRate);
        Assert.Equal(["20 msg/s: The p99 latency was 900.0 ms; at most 500 ms may be."], new Thresholds().Judge(report));
    }

    [Fact]
    public void A_lost_message_is_a_failure_at_any_rate()
    {
        var thresholds = new Thresholds { MinRate = 10 };

        Assert.Equal(["20 msg/s: 1 of 1000 deliveries were lost; none may be."], thresholds.Judge(Report(thresholds, Step(10), Step(20) with { Lost = 1 })));
    }

    [Fact]
    public void A_rate_that_was_not_sustained_fails()
    {
        var thresholds = new Thresholds { MinRate = 50 };

        Assert.Equal(["The highest rate sustained was 20 messages/s; 50 are asked for."], thresholds.Judge(Report(thresholds, Step(10), Step(20))));
    }

    private static LoadReport Report(Thresholds thresholds, params StepReport[] steps) => new()
    {
        Scenario = "fan-out",
        Began = default,
        Targets = [],
        Instances = [],
        Mode = "stream",
        Settings = new Dictionary<string, string>(),
        Steps = [.. steps.Select(step => step with { Problems = thresholds.Judge(step) })],
    };

    private static StepReport Step(double rate) => new()
    {
        Name = $"{rate} msg/s",
        Rate = rate,
        Due = 100,
        Sent = 100,
        Acknowledged = 100,
        Expected = 1000,
        Delivered = 1000,
        Latency = Quick,
        Acknowledgement = Quick,
        Return = Quick,
        Closes = new Dictionary<string, long>(),
        Errors = new Dictionary<string, long>(),
        Timeline = [],
        Curve = [],
    };
}
