using System.CommandLine;
using AspireChat.LoadTest.Load.Progress;
using AspireChat.LoadTest.Load.Reports;
using AspireChat.LoadTest.Load.Scenarios;

namespace AspireChat.LoadTest.Load.Commands;

/// <summary>What the commands of all scenarios do alike: run, report, and end with a code.</summary>
internal sealed class ScenarioCommand
{
    private const int Passed = 0;
    private const int Failed = 1;
    private const int NotRun = 2;

    /// <summary>What shells give for a command that Ctrl+C ended.</summary>
    private const int Interrupted = 130;

    private readonly Command _command;
    private readonly TargetOptions _target;
    private readonly LoadShape _shape;
    private readonly ThresholdOptions _thresholds;
    private readonly ReportFiles _files;

    private ScenarioCommand(Command command)
    {
        _command = command;
        _target = TargetOptions.AddTo(command);
        _shape = LoadShape.AddTo(command);
        _thresholds = ThresholdOptions.AddTo(command);
        _files = ReportFiles.AddTo(command);
    }

    /// <param name="command">The command, with the options of its scenario.</param>
    /// <param name="sizeOf">How many connections, and in how many rooms.</param>
    /// <param name="scenarioOf">The scenario that the command line asks for.</param>
    public static Command Create(Command command, Func<ParseResult, (int Connections, int Rooms)> sizeOf, Func<ParseResult, IScenario> scenarioOf)
    {
        var common = new ScenarioCommand(command);
        command.SetAction((parsed, stop) => common.RunAsync(parsed, sizeOf(parsed), scenarioOf(parsed), stop));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, (int Connections, int Rooms) size, IScenario scenario, CancellationToken stop)
    {
        try
        {
            var options = _shape.OptionsOf(parsed, _target.TargetsOf(parsed), _target.CredentialsOf(parsed), size.Connections, size.Rooms);
            var thresholds = _thresholds.ThresholdsOf(parsed);
            var report = Console.IsErrorRedirected
                ? await RunAsync(options, thresholds, scenario, parsed, new PlainView(Console.Error), stop)
                : await TerminalView.RunAsync(view => RunAsync(options, thresholds, scenario, parsed, view, stop));
            await _files.WriteAsync(parsed, report);
            return !report.Passed ? Failed : report.Interrupted ? Interrupted : Passed;
        }
        catch (Exception e) when (e is LoadException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return NotRun;
        }
    }

    private async Task<LoadReport> RunAsync(LoadOptions options, Thresholds thresholds, IScenario scenario, ParseResult parsed, ILoadView view, CancellationToken stop)
    {
        await using var run = new LoadRun(options, thresholds, view);
        try
        {
            await scenario.RunAsync(run, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Ended while connections were being opened; the report says how far it came.
        }

        return run.Report(scenario.Name, SettingsOf(parsed), stop.IsCancellationRequested);
    }

    /// <summary>What was asked for, but for secrets.</summary>
    private Dictionary<string, string> SettingsOf(ParseResult parsed) => _command.Options
        .Where(option => option.Name is not ("--token" or "--api-key" or "--json" or "--html" or "--confirm" or "--target" or "--help") && parsed.GetResult(option) is not null)
        .ToDictionary(option => option.Name[2..], option => Describe(parsed.GetResult(option)!));

    private static string Describe(System.CommandLine.Parsing.OptionResult option) => option.GetValueOrDefault<object?>() switch
    {
        TimeSpan time => FormattableString.Invariant($"{time.TotalMilliseconds:0.###} ms"),
        System.Collections.IEnumerable list and not string => string.Join(", ", list.Cast<object>().Select(item => FormattableString.Invariant($"{item}"))),
        var value => FormattableString.Invariant($"{value}"),
    };
}
