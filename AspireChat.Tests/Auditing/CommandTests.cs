using System.Text.Json;
using AspireChat.LoadTest;
using AspireChat.LoadTest.Auditing.Recording;

namespace AspireChat.Tests.Auditing;

public sealed class CommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("audit-").FullName;

    private string Record => Path.Combine(_folder, "audit.jsonl.gz");

    private string Json => Path.Combine(_folder, "verdict.json");

    [Fact]
    public async Task An_audit_of_a_clean_server_ends_with_0_and_its_record_too()
    {
        await using var server = await ToyServer.StartAsync();

        var audited = await RunAsync("audit", "-t", $"{server.Targets[0]}", "-t", $"{server.Targets[1]}", "--seconds", "0.5", "--record", Record, "--json", Json);
        var isClean = JsonDocument.Parse(await File.ReadAllTextAsync(Json, TestContext.Current.CancellationToken)).RootElement.GetProperty("isClean").GetBoolean();
        var checkedAgain = await RunAsync("check", Record);

        Assert.Equal((0, true, 0), (audited, isClean, checkedAgain));
    }

    [Fact]
    public async Task A_broken_promise_ends_with_1()
    {
        await WriteAsync(new SendBegan(0, 0, "room", 1), new BrokenFrameSeen(0, "nonsense"), new RunEnded());

        Assert.Equal(1, await RunAsync("check", Record));
    }

    [Fact]
    public async Task An_announced_loss_ends_with_1_unless_it_is_allowed()
    {
        await WriteAsync(
            new JoinSent(0, "room", null),
            new JoinAnswered(0, "room", false, new StreamPosition("e1", 0), []),
            new ResyncSeen(0, "room", new StreamPosition("e2", 0), []),
            new RunEnded());

        Assert.Equal(1, await RunAsync("check", Record));
        Assert.Equal(0, await RunAsync("check", Record, "--allow-announced-loss"));
    }

    [Fact]
    public async Task What_cannot_be_run_ends_with_2()
    {
        await File.WriteAllTextAsync(Path.ChangeExtension(Record, null), "nonsense\nnonsense\n", TestContext.Current.CancellationToken);

        Assert.Equal(2, await RunAsync("check", Path.ChangeExtension(Record, null)));
        Assert.Equal(2, await RunAsync("audit", "-t", "http://127.0.0.1:9", "--clients", "0", "--record", Record));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Task<int> RunAsync(params string[] arguments) =>
        LoadTestCommand.Create().Parse(arguments).InvokeAsync(cancellationToken: TestContext.Current.CancellationToken);

    private async Task WriteAsync(params AuditEntry[] entries)
    {
        await using var writer = new RecordWriter(Record);
        foreach (var entry in entries)
            writer.Append(entry);
    }
}
