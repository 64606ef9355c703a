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

        for (var look = 0; look < 200; look++)
        {
            var (acknowledged, returned) = (Percentiles.Of(meter.Acknowledgement), Percentiles.Of(meter.Return));
            Assert.True(acknowledged.Count == 0 || acknowledged.P50 <= acknowledged.Max);
            Assert.True(returned.Count == 0 || returned.P50 <= returned.Max);
        }

        await stop.CancelAsync();
        await adding;
    }
}
