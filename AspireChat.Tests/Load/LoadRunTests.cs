using AspireChat.LoadTest.Auditing;
using AspireChat.LoadTest.Load;
using AspireChat.LoadTest.Load.Clients;
using AspireChat.LoadTest.Load.Progress;
using AspireChat.LoadTest.Load.Reports;
using AspireChat.LoadTest.Load.Scenarios;
using AspireChat.Tests.Auditing;

namespace AspireChat.Tests.Load;

/// <summary>Whole runs, against a server whose every promise can be broken.</summary>
public sealed class LoadRunTests
{
    private const int Receivers = 6;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_figures_are_those_of_what_was_sent()
    {
        await using var server = await ToyServer.StartAsync();

        var report = await RunAsync(server, new Ladder("rooms", [100, 200], KeepGoing: false), options => options with { Rooms = 2, WarmUp = TimeSpan.FromSeconds(0.1) });

        Assert.Equal([], report.Failures);
        Assert.Equal(["toy-1", "toy-2"], report.Instances);
        Assert.Equal("stream", report.Mode);
        Assert.Equal(200, report.SustainedRate);
        Assert.Equal([(50L, 50L, 50L), (100L, 100L, 100L)], report.Steps.Select(step => (step.Due, step.Sent, step.Acknowledged)));
        Assert.All(report.Steps, step => Assert.Equal((step.Sent * Receivers / 2, step.Sent * Receivers / 2, 0L), (step.Expected, step.Delivered, step.Lost)));
        Assert.All(report.Steps, step => Assert.Equal((step.Delivered, step.Acknowledged), (step.Latency.Count, step.Acknowledgement.Count)));
        Assert.All(report.Steps, step => Assert.InRange(step.Latency.P50, 0.001, step.Latency.Max));
        Assert.Equal(0, server.Connections);
    }

    [Fact]
    public async Task What_is_lost_is_counted_and_fails()
    {
        await using var server = await ToyServer.StartAsync();
        server.Copies = (_, offset) => offset is 5 or 6 or 9 ? 0 : 1;

        var step = (await RunAsync(server, Rate(100))).Steps.Single();

        Assert.Equal((3 * Receivers, 0, 0), (step.Lost, step.Repeated, step.OutOfOrder));
        Assert.Equal(step.Expected, step.Delivered + step.Lost);
        Assert.Equal([$"{step.Lost} of {step.Expected} deliveries were lost; none may be."], step.Problems);
    }

    [Fact]
    public async Task The_last_message_is_lost_too_if_it_does_not_come()
    {
        await using var server = await ToyServer.StartAsync();
        server.Copies = (_, offset) => offset > 49 ? 0 : 1;

        Assert.Equal(Receivers, (await RunAsync(server, Rate(100))).Steps.Single().Lost);
    }

    [Fact]
    public async Task What_is_repeated_is_counted_and_fails()
    {
        await using var server = await ToyServer.StartAsync();
        server.Copies = (_, offset) => offset == 5 ? 3 : 1;

        var step = (await RunAsync(server, Rate(100))).Steps.Single();

        Assert.Equal((0, 2 * Receivers, 0), (step.Lost, step.Repeated, step.OutOfOrder));
        Assert.Equal(step.Expected, step.Delivered);
        Assert.False(step.Held);
    }

    [Fact]
    public async Task What_comes_out_of_order_is_counted_and_fails()
    {
        await using var server = await ToyServer.StartAsync();
        server.IsHeldBack = offset => offset is 5 or 6;

        // One publisher: only of what one publisher sends is the order promised.
        var step = (await RunAsync(server, Rate(100), options => options with { Publishers = 1 })).Steps.Single();

        Assert.Equal((0, 0, 2 * Receivers), (step.Lost, step.Repeated, step.OutOfOrder));
        Assert.False(step.Held);
    }

    [Fact]
    public async Task What_the_server_refuses_is_no_loss_but_fails()
    {
        await using var server = await ToyServer.StartAsync();
        var run = Run(server);
        await using (run)
        {
            await run.OpenRoomsAsync(100, Cancellation);
            await run.GrowAsync(Receivers, Cancellation);
            server.IsUnavailable = true;
            await run.StepAsync(new StepPlan { Name = "refused", Rate = 100, Duration = TimeSpan.FromSeconds(0.2) }, Cancellation);
        }

        var step = run.Report("test", new Dictionary<string, string>(), interrupted: false).Steps.Single();
        Assert.Equal((20, 0, 0), (step.Sent, step.Acknowledged, step.Lost));
        Assert.Equal(["20 of 20 messages were not acknowledged (unavailable × 20)."], step.Problems);
    }

    [Fact]
    public async Task A_storm_breaks_the_connections_which_resume_and_miss_nothing()
    {
        await using var server = await ToyServer.StartAsync();

        var step = (await RunAsync(server, new Storm(100, Share: 0.5, Times: 1), options => options with { Reconnect = ReconnectPace.AtOnce })).Steps.Single();

        Assert.Equal([], step.Problems);
        Assert.Equal((3, 3L, 3L, 0L), (step.Dropped, step.Reconnects, step.Recovered, step.NotRecovered));
        Assert.Equal((step.Sent * Receivers, 0L), (step.Delivered, step.Lost));
        Assert.Equal(3, step.Return.Count);
    }

    [Fact]
    public async Task Connections_that_the_server_ends_are_counted_and_fail()
    {
        await using var server = await ToyServer.StartAsync();
        await using var run = Run(server, options => options with { Reconnect = ReconnectPace.AtOnce });
        await run.OpenRoomsAsync(10, Cancellation);
        await run.GrowAsync(Receivers, Cancellation);

        var running = run.StepAsync(new StepPlan { Name = "crash", Duration = TimeSpan.FromSeconds(0.5) }, Cancellation);
        server.Crash();
        var step = await running;

        Assert.Equal([("1006", Receivers + 3L)], step.Closes.Select(close => (close.Key, close.Value)));
        Assert.Equal([$"The server ended {Receivers + 3} connections: 1006 × {Receivers + 3}."], step.Problems);
    }

    [Fact]
    public async Task Idle_connections_stay_and_each_gets_a_message()
    {
        await using var server = await ToyServer.StartAsync();

        var report = await RunAsync(server, new Idle([2, Receivers]), options => options with { Rooms = 2, Step = TimeSpan.FromSeconds(0.1) });

        Assert.Equal([], report.Failures);
        Assert.Equal([2, 2, Receivers, Receivers], report.Steps.Select(step => step.Receivers));
        Assert.Equal([0L, 2, 0, Receivers], report.Steps.Select(step => step.Delivered));
        Assert.Null(report.SustainedRate);
    }

    [Fact]
    public async Task A_run_that_is_stopped_reports_what_it_came_to()
    {
        await using var server = await ToyServer.StartAsync();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        await using var run = Run(server);
        await run.OpenRoomsAsync(100, Cancellation);
        await run.GrowAsync(Receivers, Cancellation);

        stop.CancelAfter(TimeSpan.FromSeconds(0.3));
        var step = await run.StepAsync(new StepPlan { Name = "long", Rate = 100, Duration = TimeSpan.FromMinutes(5) }, stop.Token);

        Assert.InRange(step.Sent, 1, 10_000);
        Assert.Equal(step.Sent * Receivers, step.Delivered);
    }

    private static Ladder Rate(double rate) => new("fan-out", [rate], KeepGoing: false);

    private static LoadRun Run(ToyServer server, Func<LoadOptions, LoadOptions>? change = null)
    {
        var options = new LoadOptions
        {
            Targets = [.. server.Targets.Select(target => Target.Parse(target.ToString()))],
            Connections = Receivers,
            Step = TimeSpan.FromSeconds(0.5),
            WarmUp = TimeSpan.Zero,
            Settle = TimeSpan.FromSeconds(60),
        };
        // Machines that do much else may be slow: latency is not what is tested.
        return new LoadRun(change?.Invoke(options) ?? options, new Thresholds { MaxP99 = TimeSpan.FromMinutes(1) }, new QuietView());
    }

    private static async Task<LoadReport> RunAsync(ToyServer server, IScenario scenario, Func<LoadOptions, LoadOptions>? change = null)
    {
        var run = Run(server, change);
        await using (run)
            await scenario.RunAsync(run, Cancellation);

        await Eventually.Is("the server has seen the last connection end", () => server.Connections == 0);
        return run.Report(scenario.Name, new Dictionary<string, string>(), interrupted: false);
    }
}
