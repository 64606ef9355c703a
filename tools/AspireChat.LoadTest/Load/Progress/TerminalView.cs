using System.Globalization;
using AspireChat.LoadTest.Load.Reports;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace AspireChat.LoadTest.Load.Progress;

/// <summary>A live panel in the terminal: what is under way, and the steps that are done.</summary>
internal sealed class TerminalView : ILoadView
{
    private const int BarWidth = 30;
    private const int SparkWidth = 40;

    private readonly Lock _gate = new();
    private readonly LiveDisplayContext _live;
    private readonly List<StepReport> _steps = [];
    private readonly Queue<double> _rates = new();
    private string _opening = "";
    private LiveFigures? _now;

    private TerminalView(LiveDisplayContext live) => _live = live;

    /// <summary>Runs something that shows its progress.</summary>
    public static async Task<T> RunAsync<T>(Func<ILoadView, Task<T>> run)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return await console.Live(new Text("")).AutoClear(true).StartAsync(live => run(new TerminalView(live)));
    }

    public void Opening(int ready, int all) => Update(() => _opening = $"{Bar((double)ready / Math.Max(all, 1))} {ready} of {all} connections");

    public void Begin(string step, TimeSpan duration) => Update(() => _rates.Clear());

    public void Tick(LiveFigures figures) => Update(() =>
    {
        _now = figures;
        _rates.Enqueue(figures.DeliveredPerSecond);
        if (_rates.Count > SparkWidth)
            _rates.Dequeue();
    });

    public void End(StepReport step) => Update(() =>
    {
        _steps.Add(step);
        _now = null;
    });

    private void Update(Action change)
    {
        lock (_gate)
        {
            change();
            _live.UpdateTarget(Render());
        }
    }

    private Rows Render()
    {
        var rows = new List<IRenderable>();
        if (_steps.Count > 0)
            rows.Add(StepTable.Of(_steps));

        rows.Add(_now is { } now ? Running(now) : new Markup($"[grey]{Markup.Escape(_opening)}[/]"));
        rows.Add(new Markup("[grey]Ctrl+C ends it, with a report of what was measured so far.[/]"));
        return new Rows(rows);
    }

    private Panel Running(LiveFigures now)
    {
        var grid = new Grid().AddColumns(4);
        grid.AddRow("[grey]sent[/]", Number(now.Sent), "[grey]p50[/]", Milliseconds(now.Latency.P50));
        grid.AddRow("[grey]delivered[/]", Number(now.Delivered), "[grey]p99[/]", Milliseconds(now.Latency.P99));
        grid.AddRow("[grey]connections[/]", Number(now.Connections), "[grey]repeated, out of order[/]", Bad(now.Repeated + now.OutOfOrder));
        grid.AddRow("[grey]closed[/]", Bad(now.Closed), "[grey]errors[/]", Bad(now.Errors));
        return new Panel(new Rows(
            new Markup($"{Bar(now.Elapsed / now.Duration)} {now.Elapsed.TotalSeconds:0} of {now.Duration.TotalSeconds:0} s"),
            grid,
            new Markup($"[teal]{Spark()}[/] {Number((long)now.DeliveredPerSecond)}/s")))
        {
            Header = new PanelHeader($" {Markup.Escape(now.Step)} "),
            Border = BoxBorder.Rounded,
            Padding = new Padding(1, 0),
        };
    }

    private string Spark()
    {
        var most = Math.Max(_rates.DefaultIfEmpty().Max(), 1);
        return string.Concat(_rates.Select(rate => "▁▂▃▄▅▆▇█"[(int)Math.Clamp(rate / most * 7, 0, 7)]));
    }

    private static string Bar(double share)
    {
        var full = (int)Math.Clamp(share * BarWidth, 0, BarWidth);
        return new string('━', full) + new string('╌', BarWidth - full);
    }

    private static string Number(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Milliseconds(double value) => string.Create(CultureInfo.InvariantCulture, $"{value:0.0} ms");

    private static string Bad(long value) => value == 0 ? "0" : $"[red]{Number(value)}[/]";
}
