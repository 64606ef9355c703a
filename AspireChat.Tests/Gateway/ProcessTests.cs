using System.Diagnostics;
using System.Net.WebSockets;

namespace AspireChat.Tests.Gateway;

/// <summary>The gateway as it is run: a process of its own.</summary>
public sealed class ProcessTests
{
    [Fact]
    public async Task A_terminate_signal_ends_it_soon_and_well_with_connections_open()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no terminate signal.");
        await using var one = await StandInInstance.StartAsync("chat-1");
        using var gateway = Start(("services__chat-1__http__0", one.Address));
        var address = await ListeningAsync(gateway);
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(address) { Scheme = "ws", Path = "/ws" }.Uri, TestContext.Current.CancellationToken);
        Assert.Equal("chat-1", await GatewayUnderTest.ReceiveAsync(socket));

        var started = Stopwatch.GetTimestamp();
        using (Process.Start("kill", ["-TERM", $"{gateway.Id}"])) await gateway.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, gateway.ExitCode);
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Without_an_instance_it_ends_with_an_error_that_tells_what_to_set()
    {
        using var gateway = Start();

        var errors = await gateway.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await gateway.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.NotEqual(0, gateway.ExitCode);
        Assert.Contains("set 'services__chat-1__http__0'", errors);
    }

    [Fact]
    public async Task Instances_that_start_with_it_are_no_warning_and_one_that_fails_later_is()
    {
        await using var one = await StandInInstance.StartAsync("chat-1");
        one.Ready = false;
        using var gateway = Start(("services__chat-1__http__0", one.Address), ("Gateway__ProbeInterval", "00:00:00.1"));
        try
        {
            var log = new List<string>();
            await Eventually.Is("it has asked more often than takes an instance out", () => one.Probes > 5);
            one.Ready = true;
            await ReadLogAsync("Instance 'chat-1' is ready.");
            Assert.DoesNotContain(log, line => line.StartsWith("warn", StringComparison.Ordinal) || line.StartsWith("fail", StringComparison.Ordinal));

            one.Ready = false;
            await ReadLogAsync("Instance 'chat-1' is out: 2 probes in a row failed, the last because it answered 503.");
            Assert.Single(log, line => line.StartsWith("warn", StringComparison.Ordinal));

            async Task ReadLogAsync(string until)
            {
                do
                {
                    log.Add(await gateway.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) ?? throw new InvalidOperationException("The gateway has ended."));
                }
                while (!log[^1].Contains(until));
            }
        }
        finally
        {
            gateway.Kill();
        }
    }

    private static Process Start(params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "AspireChat.Gateway.dll")])
        {
            WorkingDirectory = SolutionDirectory.Combine("AspireChat.Gateway"),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["ASPNETCORE_URLS"] = "http://127.0.0.1:0", ["Gateway__ShutdownTimeout"] = "00:00:01" },
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return Process.Start(start) ?? throw new InvalidOperationException("The gateway's process could not be started.");
    }

    private static async Task<Uri> ListeningAsync(Process gateway)
    {
        const string Announcement = "Now listening on: ";
        while (await gateway.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            var at = line.IndexOf(Announcement, StringComparison.Ordinal);
            if (at < 0) continue;

            // Read on, so that the process never waits for someone to take its log.
            _ = gateway.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            return new Uri(line[(at + Announcement.Length)..]);
        }

        throw new InvalidOperationException($"The gateway ended before it listened: {await gateway.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)}");
    }
}
