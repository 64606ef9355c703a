using System.Diagnostics;
using AspireChat.LoadTest.Load.Measuring;

namespace AspireChat.Tests.Load;

public sealed class MeterTests
{
    [Fact]
    public async Task Durations_can_be_read_while_more_of_them_come()
    {
        var meter = new Meter();
        using var stop = new CancellationTokenSource();
        var adding = Task.Run(
            () =>
            {
                for (var ticks = 1; !stop.IsCancellationRequested; ticks = (ticks * 3 % 1_000_003) + 1)
                {
                    meter.AddAcknowledgement(ticks * Stopwatch.Frequency / 1_000);
                    meter.AddReturn(ticks * Stopwatch.Frequency / 1_000);
                }
            },
            TestContext.Current.CancellationToken);

        await Eventually.Is("some have come", () => meter.Return.TotalCount > 0);

        for (var look = 0; look < 20; look++)
        {
            Assert.NotEqual(0, Percentiles.Of(meter.Acknowledgement).Max);
            Assert.NotEqual(0, Percentiles.Of(meter.Return).Max);
        }

        await stop.CancelAsync();
        await adding;
    }
}
