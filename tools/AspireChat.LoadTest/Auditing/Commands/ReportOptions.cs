using System.CommandLine;
using AspireChat.LoadTest.Auditing.Checking;

namespace AspireChat.LoadTest.Auditing.Commands;

/// <summary>How a verdict is told: as text on standard output, as JSON in a file, and by the exit code.</summary>
internal sealed class ReportOptions
{
    private const int Clean = 0;
    private const int Broken = 1;
    private const int NotRun = 2;

    private readonly Option<string?> _json = new("--json") { Description = "File for the verdict as JSON." };

    private readonly Option<bool> _allowAnnounced = new("--allow-announced-loss")
    {
        Description = "Exit code 0 even if messages were lost, as long as clients were told (resync, recovered: false).",
    };

    public static ReportOptions AddTo(Command command)
    {
        var options = new ReportOptions();
        command.Add(options._json);
        command.Add(options._allowAnnounced);
        return options;
    }

    /// <returns>0 when all is kept, 1 when the verdict is another, 2 when there is none.</returns>
    public async Task<int> RunAsync(ParseResult parsed, Func<Task<Verdict>> run)
    {
        try
        {
            var verdict = await run();
            await Console.Out.WriteLineAsync(verdict.ToString());
            if (parsed.GetValue(_json) is { } path)
                await File.WriteAllTextAsync(path, verdict.ToJson());

            return (parsed.GetValue(_allowAnnounced) ? verdict.HoldsPromises : verdict.IsClean) ? Clean : Broken;
        }
        catch (Exception e) when (e is ArgumentException or TimeoutException or IOException or InvalidDataException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return NotRun;
        }
    }
}
