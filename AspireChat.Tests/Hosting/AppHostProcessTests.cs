using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using LocalAspire.Guard;

namespace AspireChat.Tests.Hosting;

/// <summary>However the app host ends, nothing of it stays.</summary>
public sealed class AppHostProcessTests
{
    private const int SIGINT = 2;

    /// <summary>The claim is 5 s on a machine that has nothing else to do; here others build and test meanwhile.</summary>
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(5 * 4);

    [Fact]
    public async Task It_says_first_what_it_is_and_last_where_to_go_and_ends_in_order_on_Ctrl_C()
    {
        await using var host = AppHostProcess.Start();
        var processes = await host.UntilReadyAsync();
        await Eventually.Is("the address is printed", () => host.Output[^1].Contains("http", StringComparison.Ordinal));

        Assert.Equal("AspireChat.AppHost runs on LocalAspire, a stand-in for Aspire's app host: plain processes, no containers.", host.Output[0]);
        Assert.Contains(host.Output, line => Regex.IsMatch(line, @"^  gateway .*http://localhost:\d+/?$"));

        host.SignalGroup(SIGINT);

        await AssertEndsAsync(host, processes, exitCode: 0);
    }

    [Fact]
    public async Task Started_by_dotnet_run_it_ends_in_order_on_SIGTERM()
    {
        await using var host = AppHostProcess.StartByDotnetRun();
        var processes = await host.UntilReadyAsync();

        host.Signal(Posix.SIGTERM);

        await AssertEndsAsync(host, processes, exitCode: 0);
    }

    [Fact]
    public async Task Nothing_outlives_an_app_host_that_is_killed()
    {
        await using var host = AppHostProcess.Start();
        var processes = await host.UntilReadyAsync();

        host.Kill();

        await AssertEndsAsync(host, processes, exitCode: 128 + Posix.SIGKILL);
    }

    [Fact]
    public async Task Nothing_outlives_a_dotnet_run_that_is_killed()
    {
        await using var host = AppHostProcess.StartByDotnetRun();
        var processes = await host.UntilReadyAsync();

        host.Kill();

        await AssertEndsAsync(host, processes, exitCode: 128 + Posix.SIGKILL);
    }

    [Fact]
    public async Task What_a_person_has_to_mend_is_said_in_one_sentence()
    {
        using var somebody = new TcpListener(IPAddress.Loopback, 0);
        somebody.Start();
        var port = ((IPEndPoint)somebody.LocalEndpoint).Port;
        await using var host = AppHostProcess.Start($"--Parameters:gateway-port={port}", "--LocalAspire:RandomizePorts=false", "--LocalAspire:Console=Quiet");

        Assert.Equal(1, await host.ExitCodeAsync());

        Assert.Equal($"The resource 'gateway' cannot have port {port} for its endpoint 'http': another program listens on it. Stop that program, or choose another port.", host.Output[^1]);
        Assert.DoesNotContain(host.Output, line => line.Contains("   at ", StringComparison.Ordinal));
    }

    private static async Task AssertEndsAsync(AppHostProcess host, IReadOnlyList<int> processes, int exitCode)
    {
        Assert.True(processes.Count >= 4, $"The app host has only {processes.Count} processes.");
        var asked = Stopwatch.GetTimestamp();

        Assert.Equal(exitCode, await host.ExitCodeAsync());
        await Eventually.Is("nothing of it runs", () => !processes.Any(Processes.IsAlive), Bound - Stopwatch.GetElapsedTime(asked));
    }
}
