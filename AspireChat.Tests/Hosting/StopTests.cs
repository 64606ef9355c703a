using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace AspireChat.Tests.Hosting;

/// <summary>With a clock that stands still, so that no machine is too slow for them: patience ends when a test says so.</summary>
public sealed class StopTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly string _notes = Path.Combine(Path.GetTempPath(), $"stops-{Guid.NewGuid():N}");

    [Fact]
    public async Task Resources_stop_in_the_opposite_order_each_asked_by_SIGTERM()
    {
        await using var app = await StartAsync(builder =>
        {
            var redis = builder.AddShell("redis", Noting("redis"));
            var chat = builder.AddShell("chat", Noting("chat")).WaitFor(redis);
            builder.AddShell("gateway", Noting("gateway")).WaitFor(chat);
        });
        await UntilReadyAsync(app, "redis", "chat", "gateway");

        await app.App.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["gateway", "chat", "redis"], await File.ReadAllLinesAsync(_notes, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_gateway_that_waits_for_its_upstreams_is_not_waited_for()
    {
        await using var app = await StartAsync(builder =>
        {
            var chat = builder.AddShell("chat", Noting("chat"));
            builder.AddShell("gateway", $"trap 'while ! test -e {_notes}; do sleep 0.05; done; echo gateway >> {_notes}; exit 0' TERM; echo ready; {ShellResources.Forever}").WaitFor(chat);
        });
        await UntilReadyAsync(app, "chat", "gateway");

        var stopping = app.App.StopAsync(TestContext.Current.CancellationToken);
        await app.UntilAsync("gateway", KnownResourceStates.Stopping);
        await AdvanceUntilAsync(app.UntilAsync("chat", KnownResourceStates.Stopping), TimeSpan.FromMilliseconds(500));
        await stopping;

        Assert.Equal(["chat", "gateway"], await File.ReadAllLinesAsync(_notes, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_process_that_does_not_stop_is_killed_when_the_patience_is_over()
    {
        await using var app = await StartAsync(builder => builder.AddShell("deaf", $"trap '' TERM; echo ready; sleep 1000"));
        await UntilReadyAsync(app, "deaf");

        var stopping = app.RunAsync("deaf", "stop");
        await app.UntilAsync("deaf", KnownResourceStates.Stopping);
        await AdvanceUntilAsync(stopping, TimeSpan.FromSeconds(15));

        Assert.Equal(128 + 9, (await app.UntilAsync("deaf", KnownResourceStates.Exited)).Snapshot.ExitCode);
    }

    [Fact]
    public async Task A_stop_of_the_whole_app_has_four_seconds()
    {
        await using var app = await StartAsync(builder => builder.AddShell("deaf", $"trap '' TERM; echo ready; sleep 1000"));
        await UntilReadyAsync(app, "deaf");
        var process = await app.ProcessIdAsync("deaf");

        var stopping = app.App.StopAsync(TestContext.Current.CancellationToken);
        await app.UntilAsync("deaf", KnownResourceStates.Stopping);
        _time.Advance(TimeSpan.FromSeconds(3.9));
        Assert.True(Processes.IsAlive(process));
        await AdvanceUntilAsync(stopping, TimeSpan.FromMilliseconds(100));

        Assert.False(Processes.IsAlive(process));
    }

    [Fact]
    public async Task What_a_process_has_started_ends_with_it()
    {
        await using var app = await StartAsync(builder => builder.AddShell("chat", "sleep 1000 & echo ready; exec sleep 1000"));
        await UntilReadyAsync(app, "chat");
        var process = await app.ProcessIdAsync("chat");
        var started = Assert.Single(Processes.DescendantsOf(process));

        await app.RunAsync("chat", "stop");

        await Eventually.Is("its child is gone", () => !Processes.IsAlive(started));
    }

    [Fact]
    public async Task A_resource_that_still_waits_can_be_stopped()
    {
        await using var app = await StartAsync(builder => builder.AddShell("chat").WaitFor(builder.AddShell("redis").WithExplicitStart()));
        await app.UntilAsync("chat", KnownResourceStates.Waiting);

        Assert.True((await app.RunAsync("chat", "stop")).Success);

        Assert.Equal(KnownResourceStates.NotStarted, app.StateOf("chat"));
    }

    [Fact]
    public async Task Disposing_of_the_app_stops_it()
    {
        var app = await StartAsync(builder => builder.AddShell("chat"));
        var process = await app.ProcessIdAsync("chat");

        await app.DisposeAsync();

        Assert.False(Processes.IsAlive(process));
    }

    private Task<HostedApp> StartAsync(Action<IDistributedApplicationBuilder> configure) => HostedApp.StartAsync(builder =>
    {
        builder.Services.AddSingleton<TimeProvider>(_time);
        configure(builder);
    });

    private string Noting(string name) => $"trap 'echo {name} >> {_notes}; exit 0' TERM; echo ready; {ShellResources.Forever}";

    private static Task UntilReadyAsync(HostedApp app, params string[] resources) =>
        Task.WhenAll(resources.Select(resource => app.UntilPrintedAsync(resource, "ready")));

    /// <summary>Again and again, since a timer may be set only after the clock was moved.</summary>
    private Task AdvanceUntilAsync(Task done, TimeSpan step) => Eventually.Is("it has stopped", () =>
    {
        _time.Advance(step);
        return done.IsCompleted;
    });
}
