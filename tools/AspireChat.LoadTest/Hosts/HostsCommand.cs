using System.CommandLine;
using System.Text.Json;
using AspireChat.LoadTest.Hosts.Network;
using AspireChat.LoadTest.Processes;
using static AspireChat.LoadTest.NumberLimits;

namespace AspireChat.LoadTest.Hosts;

/// <summary><c>hosts</c>: the app on six hosts of its own, over a bad network that is cut, with a verdict.</summary>
internal sealed class HostsCommand
{
    private const int Passed = 0;
    private const int Failed = 1;
    private const int NotRun = 2;
    private const int Interrupted = 130;

    private readonly Option<double> _least = new("--latency-from") { Description = "A packet takes so many milliseconds at least, each way.", DefaultValueFactory = _ => 5 };
    private readonly Option<double> _most = new("--latency-to") { Description = "And so many at most.", DefaultValueFactory = _ => 20 };
    private readonly Option<double> _loss = new("--loss") { Description = "Percent of packets that are lost.", DefaultValueFactory = _ => 1 };
    private readonly Option<int> _seed = new("--seed") { Description = "Decides which packets are lost, and how long each takes.", DefaultValueFactory = _ => 1 };
    private readonly Option<double> _cut = new("--cut") { Description = "Seconds for which a host is cut off from all, at least; it stays so until its clients are elsewhere.", DefaultValueFactory = _ => 10 };
    private readonly Option<int> _clients = new("--clients", "-c") { Description = "Clients, half of them at each gateway.", DefaultValueFactory = _ => 12 };
    private readonly Option<double> _rate = new("--rate") { Description = "Sends a second, by those together.", DefaultValueFactory = _ => 40 };
    private readonly Option<double> _patience = new("--patience") { Description = "Time bounds are so many times their figures: more than 1 on a machine that does other things as well.", DefaultValueFactory = _ => 1 };
    private readonly Option<string> _backplane = new("--backplane") { Description = "The mode; in any but 'stream' the run must fail, which shows that it can.", DefaultValueFactory = _ => "stream" };
    private readonly Option<string?> _json = new("--json") { Description = "File for the report as JSON." };

    private HostsCommand()
    {
        _backplane.AcceptOnlyFromAmong("stream", "pubsub", "local");
        Between(_least, 0, 1_000);
        Between(_most, 0, 1_000);
        Between(_loss, 0, 50);
        Between(_cut, 1, 600);
        Between(_clients, 6, 1_000);
        Between(_rate, 1, 10_000);
        Between(_patience, 1, 100);
    }

    public static Command Create()
    {
        var options = new HostsCommand();
        var command = new Command("hosts", "Starts the whole app on six hosts, which are network namespaces: two gateways, three chat servers, Redis. Clients send, over ways that are slow and lose packets, while one host is cut off from all and another from Redis. Needs root, iproute2, /dev/net/tun and redis-server.")
        {
            options._least, options._most, options._loss, options._seed, options._cut, options._clients, options._rate, options._patience, options._backplane, options._json,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(options._least) > result.GetValue(options._most))
                result.AddError("'--latency-from' must not be more than '--latency-to'.");
        });
        command.SetAction(options.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        try
        {
            var report = await new HostsRun(OptionsOf(parsed), Console.Out).RunAsync(cancellationToken);
            await Console.Out.WriteLineAsync($"{report}");
            if (parsed.GetValue(_json) is { } json)
                await File.WriteAllTextAsync(json, JsonSerializer.Serialize(report, HostsJson.Default.HostsReport), CancellationToken.None);

            return report.Passed ? Passed : Failed;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Interrupted;
        }
        catch (TimeoutException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return Failed;
        }
        catch (Exception e) when (e is CannotRunException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return NotRun;
        }
    }

    private HostsOptions OptionsOf(ParseResult parsed) => new()
    {
        Links = new LinkQuality
        {
            Least = TimeSpan.FromMilliseconds(parsed.GetValue(_least)),
            Most = TimeSpan.FromMilliseconds(parsed.GetValue(_most)),
            Loss = parsed.GetValue(_loss) / 100,
            Seed = parsed.GetValue(_seed),
        },
        Cut = TimeSpan.FromSeconds(parsed.GetValue(_cut)),
        Clients = parsed.GetValue(_clients),
        SendsPerSecond = parsed.GetValue(_rate),
        Patience = parsed.GetValue(_patience),
        Backplane = parsed.GetValue(_backplane)!,
    };
}
