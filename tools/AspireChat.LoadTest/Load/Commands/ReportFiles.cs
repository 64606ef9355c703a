using System.CommandLine;
using System.Text.Json;
using AspireChat.LoadTest.Load.Reports;
using AspireChat.LoadTest.Load.Reports.Html;

namespace AspireChat.LoadTest.Load.Commands;

/// <summary>Where a report goes: as text to standard output, and into files.</summary>
internal sealed class ReportFiles
{
    private readonly Option<string?> _json = new("--json") { Description = "File for the report as JSON." };
    private readonly Option<string?> _html = new("--html") { Description = "File for the report as one page with charts that needs nothing else." };

    public static ReportFiles AddTo(Command command)
    {
        var files = new ReportFiles();
        command.Add(files._json);
        command.Add(files._html);
        return files;
    }

    public async Task WriteAsync(ParseResult parsed, LoadReport report)
    {
        await Console.Out.WriteLineAsync(TextReport.Of(report));
        if (parsed.GetValue(_json) is { } json)
            await File.WriteAllTextAsync(json, JsonSerializer.Serialize(report, LoadJson.Default.LoadReport));

        if (parsed.GetValue(_html) is { } html)
            await File.WriteAllTextAsync(html, HtmlReport.Of(report));
    }
}
