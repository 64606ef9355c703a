using System.CommandLine;
using AspireChat.LoadTest.Auditing.Checking;
using AspireChat.LoadTest.Auditing.Recording;

namespace AspireChat.LoadTest.Auditing.Commands;

/// <summary><c>check</c>: the verdict on a record that was made before.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var record = new Argument<FileInfo>("record") { Description = "The file of the record." }.AcceptExistingOnly();
        var command = new Command("check", "Checks a record again.") { record };
        var report = ReportOptions.AddTo(command);

        command.SetAction((parsed, cancellationToken) => report.RunAsync(
            parsed,
            () => Checker.CheckAsync(RecordReader.ReadAsync(parsed.GetRequiredValue(record).FullName, cancellationToken), cancellationToken)));
        return command;
    }
}
