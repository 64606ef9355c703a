using AspireChat.LoadTest;
using AspireChat.LoadTest.Hosts;

namespace AspireChat.Tests.Hosts;

/// <summary>The whole app on six hosts, over ways that are slow and lose packets.</summary>
public sealed class HostsRunTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Hosts_that_are_cut_off_cost_nothing_and_their_clients_come_back_through_the_others()
    {
        await HostsAllowed.SkipUnlessAsync();
        var timeline = new StringWriter();
        var options = new HostsOptions { Patience = 4, Quiet = TimeSpan.FromSeconds(1), CutFromRedis = TimeSpan.FromSeconds(3), DeadAfter = TimeSpan.FromSeconds(4) };

        var report = await new HostsRun(options, timeline).RunAsync(Cancellation);

        Assert.True(report.Passed, $"{timeline}{report}");
        Assert.Equal(["chat-1", "chat-2", "chat-3"], report.Verdict.Instances.Order());
        Assert.Equal(report.Verdict.Sends, report.Verdict.Acknowledged);
        Assert.InRange(report.Verdict.Recovered, 1, options.Clients);
        Assert.True(report.PacketsLost > 0, $"{report}");
        // Two ways at least to Redis and back, beside those of the client.
        Assert.True(report.Verdict.AckTime.Median > 4 * options.Links.Least.TotalMilliseconds, $"{report}");
    }

    [Theory]
    [InlineData("'--loss' must be 0 to 50.", "--loss", "60")]
    [InlineData("'--clients' must be 6 to 1000.", "--clients", "5")]
    [InlineData("'--latency-from' must not be more than '--latency-to'.", "--latency-from", "30")]
    public void What_makes_no_sense_is_told(string expected, params string[] options) =>
        Assert.Equal(expected, Assert.Single(LoadTestCommand.Create().Parse(["hosts", .. options]).Errors).Message);
}
