using System.Diagnostics;
using LocalAspire.Guard;
using LocalAspire.Processes;

namespace AspireChat.Tests.Hosting;

/// <summary>The guard by itself, with this test for an app host.</summary>
public sealed class GuardTests : IDisposable
{
    /// <summary>SIGPIPE, SIGTERM and SIGCHLD, which the runtime of the parent may have changed. Others may be ignored by whoever started all this, nohup for one.</summary>
    private const long ThoseOfTheRuntime = (1 << 12) | (1 << 14) | (1 << 16);

    private readonly RunMark _mark = RunMark.ForThisProcess();
    private readonly List<Process> _processes = [];

    public GuardTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "It looks at processes by Linux's /proc.");

    public void Dispose()
    {
        foreach (var process in _processes)
        {
            process.Kill(entireProcessTree: true);
            process.Dispose();
        }
    }

    [Fact]
    public async Task A_child_leads_a_session_of_its_own_and_is_the_program_itself()
    {
        var child = await LeadAsync("sleep 1000");

        var stat = (await File.ReadAllTextAsync($"/proc/{child.Id}/stat", TestContext.Current.CancellationToken)).Split(") ")[1].Split(' ');
        Assert.Equal((child.Id.ToString(), child.Id.ToString()), (stat[2], stat[3]));
        Assert.StartsWith("/bin/sh -c ", Processes.CommandLine(child.Id));

        var status = await File.ReadAllLinesAsync($"/proc/{child.Id}/status", TestContext.Current.CancellationToken);
        Assert.Equal(0, Signals(status, "SigIgn") & ThoseOfTheRuntime);
        // For the moment in which it forks, a shell blocks all signals itself.
        await Eventually.Is("no signal is blocked", () => File.ReadAllLines($"/proc/{child.Id}/status").Contains("SigBlk:\t0000000000000000"));
    }

    [Fact]
    public async Task When_the_pipe_ends_the_groups_of_all_children_are_ended()
    {
        var guard = StartGuard();
        var child = await LeadAsync("sleep 1000 & sleep 1000", marked: false);
        await Eventually.Is("it has two children", () => Processes.DescendantsOf(child.Id).Count == 2);
        int[] all = [child.Id, .. Processes.DescendantsOf(child.Id)];
        await TellAsync(guard, $"start {child.Id}");

        guard.StandardInput.Close();

        await UntilGoneAsync([.. all, guard.Id]);
    }

    [Fact]
    public async Task What_has_moved_to_another_session_is_found_by_its_mark()
    {
        var guard = StartGuard();
        var child = await LeadAsync($"{Quote(DotnetHost.Path)} {Quote(AppGuard.ProgramPath)} lead /bin/sleep 1000 & sleep 1000");
        await Eventually.Is("its child leads another session", () => Processes.DescendantsOf(child.Id).Any(id => Processes.CommandLine(id).StartsWith("/bin/sleep", StringComparison.Ordinal)));
        int[] all = [child.Id, .. Processes.DescendantsOf(child.Id)];
        await TellAsync(guard, $"run {_mark}", $"start {child.Id}");

        guard.StandardInput.Close();

        await UntilGoneAsync(all);
    }

    [Fact]
    public async Task A_child_that_has_ended_and_one_of_another_run_are_left_alone()
    {
        var guard = StartGuard();
        var ended = await LeadAsync("sleep 1000", marked: false);
        var stranger = await LeadAsync("sleep 1000", mark: RunMark.ForThisProcess());
        await TellAsync(guard, $"run {_mark}", $"start {ended.Id}", $"end {ended.Id}");

        guard.StandardInput.Close();
        await guard.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(Processes.IsAlive(ended.Id));
        Assert.True(Processes.IsAlive(stranger.Id));
    }

    [Fact]
    public async Task A_process_that_was_given_the_number_of_a_child_is_left_alone()
    {
        var stranger = await LeadAsync("sleep 1000", marked: false);
        var childStarted = ProcessIdentity.StartTime(stranger.Id)!.Value.AddSeconds(-10);

        await new Sweep(_mark, new Dictionary<int, DateTime?> { [stranger.Id] = childStarted }).RunAsync();

        Assert.True(Processes.IsAlive(stranger.Id));
    }

    [Fact]
    public async Task The_directory_of_the_run_is_removed()
    {
        var guard = StartGuard();
        var directory = Directory.CreateTempSubdirectory("guard-test-");
        await File.WriteAllTextAsync(Path.Combine(directory.FullName, "file"), "", TestContext.Current.CancellationToken);
        await TellAsync(guard, $"directory {directory.FullName}");

        guard.StandardInput.Close();
        await guard.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.False(Directory.Exists(directory.FullName));
    }

    [Fact]
    public async Task What_a_run_left_whose_app_host_is_dead_is_cleared_away_by_the_next()
    {
        var dead = new RunMark(HostId: int.MaxValue, HostStarted: 1, Nonce: "dead");
        var left = await LeadAsync("sleep 1000", mark: dead);
        var ours = await LeadAsync("sleep 1000");
        var directory = new RunDirectory(dead);
        directory.Create();

        await using var app = await HostedApp.StartAsync(_ => { });

        await UntilGoneAsync(left.Id);
        Assert.True(Processes.IsAlive(ours.Id));
        Assert.False(Directory.Exists(directory.Path));
    }

    private Process StartGuard()
    {
        var process = Process.Start(new ProcessStartInfo(DotnetHost.Path, [AppGuard.ProgramPath, "watch"]) { RedirectStandardInput = true })!;
        _processes.Add(process);
        return process;
    }

    private Task<Process> LeadAsync(string script, bool marked = true) => LeadAsync(script, marked ? _mark : null);

    private async Task<Process> LeadAsync(string script, RunMark? mark)
    {
        var start = new ProcessStartInfo(DotnetHost.Path, [AppGuard.ProgramPath, "lead", "/bin/sh", "-c", $"{script}; exit 0"]);
        if (mark is not null)
            start.Environment[RunMark.VariableName] = mark.ToString();
        else
            start.Environment.Remove(RunMark.VariableName);

        var process = Process.Start(start)!;
        _processes.Add(process);
        await Eventually.Is("it has become the shell", () => Processes.CommandLine(process.Id).StartsWith("/bin/sh", StringComparison.Ordinal));
        return process;
    }

    private static async Task TellAsync(Process guard, params string[] lines)
    {
        foreach (var line in lines)
            await guard.StandardInput.WriteLineAsync(line);
        await guard.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
    }

    private static Task UntilGoneAsync(params int[] processes) =>
        Eventually.Is("all processes are gone", () => !processes.Any(Processes.IsAlive));

    private static string Quote(string path) => $"'{path}'";

    private static long Signals(string[] status, string set) =>
        Convert.ToInt64(status.Single(line => line.StartsWith($"{set}:", StringComparison.Ordinal)).Split('\t')[1], 16);
}
