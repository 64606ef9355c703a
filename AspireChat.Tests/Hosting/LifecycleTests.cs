using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace AspireChat.Tests.Hosting;

public sealed class LifecycleTests
{
    [Fact]
    public async Task A_crash_is_a_state_with_its_exit_code_and_last_lines()
    {
        await using var app = await HostedApp.StartAsync(builder => builder.AddShell("chat", "echo first words; echo last words >&2; exit 3"));

        var ended = await app.UntilAsync("chat", KnownResourceStates.Exited);

        Assert.Equal(3, ended.Snapshot.ExitCode);
        Assert.Equal(KnownResourceStateStyles.Error, ended.Snapshot.State?.Style);
        Assert.NotNull(ended.Snapshot.StopTimeStamp);
        Assert.Contains("first words", app.LogOf("chat"));
        Assert.Contains("last words", app.LogOf("chat"));
    }

    [Fact]
    public async Task A_process_that_is_killed_has_the_exit_code_that_a_shell_would_tell()
    {
        await using var app = await HostedApp.StartAsync(builder => builder.AddShell("chat", "kill -9 $$"));

        Assert.Equal(128 + 9, (await app.UntilAsync("chat", KnownResourceStates.Exited)).Snapshot.ExitCode);
    }

    [Fact]
    public async Task A_process_that_is_done_has_finished()
    {
        await using var app = await HostedApp.StartAsync(builder => builder.AddShell("migration", "exit 0"));

        Assert.Equal(0, (await app.UntilAsync("migration", KnownResourceStates.Finished)).Snapshot.ExitCode);
    }

    [Fact]
    public async Task A_missing_program_is_told_by_name()
    {
        await using var app = await HostedApp.StartAsync(builder =>
        {
            builder.AddExecutable("on-the-path", "no-such-program", Path.GetTempPath());
            builder.AddExecutable("at-a-path", "./no/such/program", Path.GetTempPath());
            builder.AddExecutable("nowhere", "sh", "/no/such/directory");
        });

        await Task.WhenAll(app.UntilAsync("on-the-path", KnownResourceStates.FailedToStart), app.UntilAsync("at-a-path", KnownResourceStates.FailedToStart), app.UntilAsync("nowhere", KnownResourceStates.FailedToStart));

        Assert.Equal(["The resource 'on-the-path' cannot start: there is no program 'no-such-program' on the PATH. Install it, or give its path."], app.LogOf("on-the-path"));
        Assert.Equal([$"The resource 'at-a-path' cannot start: the program '{Path.GetFullPath("no/such/program", Path.GetTempPath())}' does not exist. Install it, or correct the path."], app.LogOf("at-a-path"));
        Assert.Equal(["The resource 'nowhere' cannot start: its working directory '/no/such/directory' does not exist. Create it, or correct the path."], app.LogOf("nowhere"));
    }

    [Fact]
    public async Task A_program_that_cannot_be_executed_has_failed()
    {
        var file = Path.GetTempFileName();
        await using var app = await HostedApp.StartAsync(builder => builder.AddExecutable("text", file, Path.GetTempPath()));

        Assert.Equal(126, (await app.UntilAsync("text", KnownResourceStates.Exited)).Snapshot.ExitCode);
        Assert.Contains($"'{file}' cannot be executed: Permission denied.", app.LogOf("text"));
        File.Delete(file);
    }

    [Fact]
    public async Task A_project_that_has_not_been_built_says_how_to_build_it()
    {
        await using var app = await HostedApp.StartAsync(builder => builder.AddProject<NeverBuilt>("chat"));

        await app.UntilAsync("chat", KnownResourceStates.FailedToStart);

        Assert.Equal(["The project 'chat' cannot start: it has not been built, '/no/such/Chat.csproj' is missing. Build it with 'dotnet build /no/such/Chat.csproj', and see there why it fails."], app.LogOf("chat"));
    }

    [Fact]
    public async Task A_resource_with_a_start_of_its_own_waits_for_the_command()
    {
        await using var app = await HostedApp.StartAsync(builder =>
        {
            builder.AddShell("by-hand").WithExplicitStart();
            builder.AddShell("by-itself");
        });
        await app.UntilAsync("by-itself", KnownResourceStates.Running);
        Assert.Equal(KnownResourceStates.NotStarted, app.StateOf("by-hand"));

        Assert.True((await app.RunAsync("by-hand", "start")).Success);

        Assert.Equal(KnownResourceStates.Running, app.StateOf("by-hand"));
    }

    [Fact]
    public async Task A_resource_can_be_stopped_started_and_restarted()
    {
        await using var app = await HostedApp.StartAsync(builder => builder.AddShell("chat"));
        var first = await app.ProcessIdAsync("chat");

        Assert.True((await app.RunAsync("chat", "stop")).Success);
        Assert.Equal(KnownResourceStates.Exited, app.StateOf("chat"));
        Assert.False(Processes.IsAlive(first));

        Assert.True((await app.RunAsync("chat", "start")).Success);
        var second = await app.ProcessIdAsync("chat");
        Assert.True(Processes.IsAlive(second));

        Assert.True((await app.RunAsync("chat", "restart")).Success);
        var third = await app.ProcessIdAsync("chat");
        Assert.False(Processes.IsAlive(second));
        Assert.True(Processes.IsAlive(third));
    }

    [Fact]
    public async Task A_crashed_resource_can_be_restarted()
    {
        await using var app = await HostedApp.StartAsync(builder => builder.AddShell("chat"));
        Processes.Kill(await app.ProcessIdAsync("chat"));
        await app.UntilAsync("chat", KnownResourceStates.Exited);

        Assert.True((await app.RunAsync("chat", "restart")).Success);

        var running = await app.UntilAsync("chat", KnownResourceStates.Running);
        Assert.Null(running.Snapshot.ExitCode);
        Assert.Null(running.Snapshot.StopTimeStamp);
    }

    [Fact]
    public async Task What_cannot_be_done_now_is_an_answer_not_an_exception()
    {
        await using var app = await HostedApp.StartAsync(builder =>
        {
            builder.AddShell("chat");
            builder.AddExecutable("broken", "no-such-program", Path.GetTempPath()).WithExplicitStart();
        });
        await app.UntilAsync("chat", KnownResourceStates.Running);

        Assert.Equal("The resource 'chat' has been started already; stop it first, or restart it.", (await app.RunAsync("chat", "start")).ErrorMessage);
        Assert.Equal("The resource 'broken' is not running; there is nothing to stop.", (await app.RunAsync("broken", "stop")).ErrorMessage);
        Assert.Equal("The resource 'broken' cannot start: there is no program 'no-such-program' on the PATH. Install it, or give its path.", (await app.RunAsync("broken", "start")).ErrorMessage);
        Assert.Equal("The resource 'chat' has no command 'drain'; it has 'start', 'stop' and 'restart'.", (await app.RunAsync("chat", "drain")).ErrorMessage);
    }

    private sealed class NeverBuilt : IProjectMetadata
    {
        public string ProjectPath => "/no/such/Chat.csproj";
    }
}
