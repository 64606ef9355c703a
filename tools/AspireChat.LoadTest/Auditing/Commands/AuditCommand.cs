using System.CommandLine;

namespace AspireChat.LoadTest.Auditing.Commands;

/// <summary><c>audit</c>: clients against a deployment, and a verdict.</summary>
internal static class AuditCommand
{
    public static Command Create()
    {
        var targets = new Option<string[]>("--target", "-t")
        {
            Description = "Address of an instance or a gateway; repeat it for more. Clients are spread over them, and go on to the next after a loss.",
            Required = true,
        };
        var clients = new Option<int>("--clients", "-c") { Description = "How many clients.", DefaultValueFactory = _ => 6 };
        var senders = new Option<int?>("--senders") { Description = "How many of them send. Default: all." };
        var rooms = new Option<int>("--rooms", "-r") { Description = "How many rooms.", DefaultValueFactory = _ => 1 };
        var rate = new Option<double>("--rate") { Description = "Sends a second, by all together.", DefaultValueFactory = _ => 50 };
        var seconds = new Option<double>("--seconds", "-s") { Description = "How long to send.", DefaultValueFactory = _ => 30 };
        var text = new Option<int>("--text") { Description = "Characters of a text.", DefaultValueFactory = _ => 100 };
        var pace = new Option<ReconnectPace>("--reconnect") { Description = "How clients come back.", DefaultValueFactory = _ => ReconnectPace.FullJitter };
        var token = new Option<string?>("--token") { Description = "Bearer token; its identity must then be allowed the names audit-0, audit-1, …" };
        var record = new Option<string>("--record", "-o") { Description = "File of the record; gzipped when it ends in .gz.", DefaultValueFactory = _ => "audit.jsonl.gz" };
        var command = new Command("audit", "Runs clients against a deployment, records all they see, and checks it.")
        {
            targets, clients, senders, rooms, rate, seconds, text, pace, token, record,
        };
        var report = ReportOptions.AddTo(command);

        command.SetAction((parsed, cancellationToken) => report.RunAsync(parsed, () =>
        {
            var bearer = parsed.GetValue(token);
            var options = new AuditOptions
            {
                Targets = [.. parsed.GetRequiredValue(targets).Select(AddressOf)],
                Clients = parsed.GetValue(clients),
                Senders = parsed.GetValue(senders),
                Rooms = parsed.GetValue(rooms),
                SendsPerSecond = parsed.GetValue(rate),
                TextChars = parsed.GetValue(text),
                Reconnect = parsed.GetValue(pace),
                TokenProvider = bearer is null ? null : (_, _) => ValueTask.FromResult<string?>(bearer),
                RecordPath = parsed.GetRequiredValue(record),
            };
            return RunAsync(options, TimeSpan.FromSeconds(parsed.GetValue(seconds)), cancellationToken);
        }));
        return command;
    }

    private static Uri AddressOf(string target) => Uri.TryCreate(target, UriKind.Absolute, out var address)
        ? address
        : throw new ArgumentException($"The target '{target}' is no address. Give one such as http://localhost:5080.");

    private static async Task<Checking.Verdict> RunAsync(AuditOptions options, TimeSpan duration, CancellationToken stop)
    {
        await using var audit = await Audit.StartAsync(options, stop);
        await Console.Error.WriteLineAsync($"{options.Clients} clients have joined. Recording to '{audit.RecordPath}' for {duration.TotalSeconds:0} s; Ctrl+C ends it early.");
        // Asked to stop, it stops sending, and still comes to a verdict.
        await Task.Delay(duration, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return await audit.FinishAsync(CancellationToken.None);
    }
}
