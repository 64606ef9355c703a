using System.Globalization;
using AspireChat.LoadTest.Load.Reports;
using Spectre.Console;

namespace AspireChat.LoadTest.Load.Progress;

/// <summary>Finished steps as a table for a terminal.</summary>
internal static class StepTable
{
    public static Table Of(IEnumerable<StepReport> steps)
    {
        var table = new Table { Border = TableBorder.Rounded };
        table.AddColumn("step");
        foreach (var heading in (string[])["deliveries/s", "p50", "p99", "max", "lost", "repeated", "disordered", ""])
            table.AddColumn(new TableColumn(heading).RightAligned());

        foreach (var step in steps)
        {
            table.AddRow(
                Markup.Escape(step.Name),
                Text($"{step.DeliveriesPerSecond:#,0}"),
                Text($"{step.Latency.P50:0.0}"),
                Text($"{step.Latency.P99:0.0}"),
                Text($"{step.Latency.Max:0.0}"),
                Bad(step.Lost),
                Bad(step.Repeated),
                Bad(step.OutOfOrder),
                step.Held ? "[green]held[/]" : "[red]not held[/]");
        }

        return table;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Bad(long value) => value == 0 ? "0" : Text($"[red]{value:#,0}[/]");
}
