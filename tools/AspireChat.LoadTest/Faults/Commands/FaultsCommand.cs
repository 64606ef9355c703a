using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.Json;
using AspireChat.LoadTest.Faults.Deployments;
using AspireChat.LoadTest.Faults.Kinds;
using AspireChat.LoadTest.Faults.Reports;
using AspireChat.LoadTest.Processes;
using static AspireChat.LoadTest.NumberLimits;

namespace AspireChat.LoadTest.Faults.Commands;

/// <summary><c>faults</c>: breaks a deployment of its own by a schedule, while clients send, and gives a verdict.</summary>
internal sealed class FaultsCommand
{
    private const int Passed = 0;
    private const int Failed = 1;
    private const int NotRun = 2;

    /// <summary>What shells give for a command that Ctrl+C ended.</summary>
    private const int Interrupted = 130;

    private readonly Option<int?> _seed = new("--seed") { Description = "Decides which faults come when, and whom they meet: the same seed, the same schedule. Default: drawn, and printed." };
    private readonly Option<double> _minutes = new("--minutes", "-m") { Description = "How long.", DefaultValueFactory = _ => 10 };
    private readonly Option<int[]> _only = new("--only") { Description = "The faults to choose from, by number: 1,6,7. Default: all.", CustomParser = ParseOnly };
    private readonly Option<bool> _list = new("--list") { Description = "Lists all faults, with when they pass, and does nothing." };
    private readonly Option<bool> _overlap = new("--overlap") { Description = "A fault may begin while another lasts; what each expects for itself is then only noted, and what is promised to clients holds as ever." };
    private readonly Option<int?> _crowd = new("--crowd") { Description = "Clients of a gateway restart and of a storm. Default: 250 for each processor, at most 5,000." };
    private readonly Option<int> _clients = new("--clients", "-c") { Description = "Clients that are there all the time, on every instance and through the gateway.", DefaultValueFactory = _ => 8 };
    private readonly Option<double> _rate = new("--rate") { Description = "Sends a second, by those together.", DefaultValueFactory = _ => 40 };
    private readonly Option<double> _patience = new("--patience") { Description = "Time bounds are so many times their figures: more than 1 on a machine that does other things as well.", DefaultValueFactory = _ => 1 };
    private readonly Option<string> _backplane = new("--backplane") { Description = "The mode; in any but 'stream' the run must fail, which shows that it can.", DefaultValueFactory = _ => "stream" };
    private readonly Option<NetworkChoice> _network = new("--network")
    {
        Description = "How an instance is cut off from Redis, half-open: in network namespaces, by iproute2 and as root, or by a proxy. Auto takes what is possible.",
        DefaultValueFactory = _ => NetworkChoice.Auto,
    };

    private readonly Option<string?> _record = new("--record", "-o") { Description = "Keep the record of every send and receive in this file, gzipped when it ends in .gz, to 'check' it again." };
    private readonly Option<string?> _json = new("--json") { Description = "File for the report as JSON." };
    private readonly Option<string?> _html = new("--html") { Description = "File for the report as one page with charts that needs nothing else." };

    private FaultsCommand()
    {
        _backplane.AcceptOnlyFromAmong("stream", "pubsub", "local");
        AtLeast(_minutes, 0.1);
        AtLeast(_clients, 4);
        AtLeast(_rate, 1);
        AtLeast(_patience, 1);
        AtLeast(_crowd, 1);
    }

    public static Command Create()
    {
        var options = new FaultsCommand();
        var command = new Command("faults", "Starts the whole app, as processes on loopback with a redis-server, breaks it by a schedule while clients send, and gives a verdict.")
        {
            options._seed, options._minutes, options._only, options._list, options._overlap, options._crowd, options._clients, options._rate, options._patience,
            options._backplane, options._network, options._record, options._json, options._html,
        };
        command.SetAction(options.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_list))
        {
            foreach (var fault in FaultCatalog.All)
                await Console.Out.WriteLineAsync($"{fault.Number,2}  {fault.Name}{Environment.NewLine}    {fault.Passes}{(fault.MayLose ? "; may cost messages, as long as clients are told" : "")}");

            return Passed;
        }

        try
        {
            var options = OptionsOf(parsed);
            var report = await new FaultRun(options, Console.Out).RunAsync(SettingsOf(options), cancellationToken);
            await Console.Out.WriteLineAsync(FaultText.Of(report));
            if (parsed.GetValue(_json) is { } json)
                await File.WriteAllTextAsync(json, JsonSerializer.Serialize(report, FaultJson.Default.FaultReport), CancellationToken.None);

            if (parsed.GetValue(_html) is { } html)
                await File.WriteAllTextAsync(html, FaultPage.Of(report), CancellationToken.None);

            return report.Passed ? Passed : report.Interrupted ? Interrupted : Failed;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Interrupted;
        }
        catch (Exception e) when (e is CannotRunException or TimeoutException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return NotRun;
        }
    }

    private FaultRunOptions OptionsOf(ParseResult parsed)
    {
        var options = new FaultRunOptions
        {
            Seed = parsed.GetValue(_seed) ?? Random.Shared.Next(1, 1_000_000),
            Duration = TimeSpan.FromMinutes(parsed.GetValue(_minutes)),
            Only = parsed.GetValue(_only) ?? [],
            Overlap = parsed.GetValue(_overlap),
            Clients = parsed.GetValue(_clients),
            SendsPerSecond = parsed.GetValue(_rate),
            Patience = parsed.GetValue(_patience),
            Backplane = parsed.GetValue(_backplane)!,
            Network = parsed.GetValue(_network),
            RecordPath = parsed.GetValue(_record),
        };
        return parsed.GetValue(_crowd) is { } crowd ? options with { Crowd = crowd } : options;
    }

    private static Dictionary<string, string> SettingsOf(FaultRunOptions options) => new()
    {
        ["seed"] = Text($"{options.Seed}"),
        ["minutes"] = Text($"{options.Duration.TotalMinutes:0.##}"),
        ["only"] = options.Only.Count == 0 ? "all" : string.Join(", ", options.Only),
        ["overlap"] = options.Overlap ? "yes" : "no",
        ["clients"] = Text($"{options.Clients}"),
        ["sends a second"] = Text($"{options.SendsPerSecond:0.##}"),
        ["crowd"] = Text($"{options.Crowd}"),
        ["time bounds"] = Text($"× {options.Patience:0.##}"),
        ["lease of an instance"] = Text($"{options.Lease.TotalSeconds:0} s"),
        ["mode"] = options.Backplane,
        ["network"] = $"{options.Network}",
        ["build"] = Repository.IsRelease ? "Release" : "Debug",
        ["machine"] = Text($"{Environment.ProcessorCount} processors"),
    };

    private static int[] ParseOnly(ArgumentResult argument)
    {
        var numbers = new List<int>();
        foreach (var part in argument.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))
        {
            if (int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && FaultCatalog.Find(number) is not null)
                numbers.Add(number);
            else
                argument.AddError($"'{part}' is no fault. Write numbers of faults with commas between them, such as 1,6,7; --list lists them.");
        }

        return [.. numbers];
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
