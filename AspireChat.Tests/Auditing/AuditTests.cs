using AspireChat.LoadTest.Auditing;
using AspireChat.LoadTest.Auditing.Checking;
using AspireChat.LoadTest.Auditing.Recording;

namespace AspireChat.Tests.Auditing;

/// <summary>Whole audits, against a server whose every promise can be broken.</summary>
public class AuditTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_that_keeps_its_promises_through_crashes_and_outages_is_clean()
    {
        await using var server = await ToyServer.StartAsync();
        await using var audit = await Audit.StartAsync(Options(server) with { Rooms = 2 }, Cancellation);

        await SendsAsync(audit, 30);
        await CrashAsync(server, audit);
        using (audit.Fault("unavailable"))
        {
            server.IsUnavailable = true;
            await SendsAsync(audit, 30);
            server.IsUnavailable = false;
        }

        await CrashAsync(server, audit);
        await SendsAsync(audit, 30);
        var verdict = await audit.FinishAsync(Cancellation);

        verdict.AssertClean();
        Assert.Equal(12, verdict.Recovered);
        Assert.True(verdict.Unavailable > 0, "Nothing was refused.");
        Assert.True(verdict.Retries > 0, "Nothing was sent again.");
        Assert.True(verdict.Acknowledged >= 90, $"Only {verdict.Acknowledged} sends were acknowledged.");
        Assert.Equal(verdict.Sends, verdict.Acknowledged);
        Assert.Equal(["toy-1", "toy-2"], verdict.Instances);
    }

    [Fact]
    public async Task A_client_that_was_offline_resumes_on_the_next_instance()
    {
        await using var server = await ToyServer.StartAsync();
        await using var audit = await Audit.StartAsync(Options(server), Cancellation);
        var client = audit.Clients[0];
        var before = client.Instance;

        await SendsAsync(audit, 10);
        client.GoOffline();
        await Eventually.Is("the client is offline", () => !client.IsJoined);
        await SendsAsync(audit, 20);
        client.Return();
        await audit.WaitUntilJoinedAsync(TimeSpan.FromSeconds(30), Cancellation);
        var verdict = await audit.FinishAsync(Cancellation);

        verdict.AssertClean();
        Assert.Equal(1, verdict.Recovered);
        Assert.NotEqual(before, client.Instance);
    }

    [Fact]
    public async Task Clients_that_a_crash_has_driven_elsewhere_come_back_and_messages_flow()
    {
        await using var server = await ToyServer.StartAsync();
        await using var audit = await Audit.StartAsync(Options(server), Cancellation);
        string?[] before = [.. audit.Clients.Select(client => client.Instance)];

        await CrashAsync(server, audit);
        Assert.NotEqual(before, audit.Clients.Select(client => client.Instance));
        await audit.GoHomeAsync(TimeSpan.FromSeconds(30), Cancellation);
        await audit.WaitUntilFlowingAsync(TimeSpan.FromSeconds(30), Cancellation);

        Assert.Equal(before, audit.Clients.Select(client => client.Instance));
        (await audit.FinishAsync(Cancellation)).AssertClean();
    }

    [Fact]
    public async Task Messages_that_nobody_acknowledges_do_not_flow()
    {
        await using var server = await ToyServer.StartAsync();
        await using var audit = await Audit.StartAsync(Options(server), Cancellation);
        server.IsUnavailable = true;

        await Assert.ThrowsAsync<TimeoutException>(() => audit.WaitUntilFlowingAsync(TimeSpan.FromMilliseconds(300), Cancellation));
    }

    [Fact]
    public async Task A_client_that_stops_reading_gets_all_when_it_reads_again()
    {
        await using var server = await ToyServer.StartAsync();
        await using var audit = await Audit.StartAsync(Options(server), Cancellation);

        audit.Clients[1].StopReading();
        await SendsAsync(audit, 20);
        audit.Clients[1].ReadAgain();

        (await audit.FinishAsync(Cancellation)).AssertClean();
    }

    [Fact]
    public async Task A_message_that_one_client_does_not_get_is_lost()
    {
        await using var server = await ToyServer.StartAsync();
        server.Copies = (name, offset) => name == "audit-2" && offset == 5 ? 0 : 1;

        var verdict = await RunAsync(server, sends: 10);

        Assert.Equal([(ViolationKind.Lost, 1)], Counts(verdict));
        Assert.Contains("client 2 never got offset 5", verdict.Violations[0].Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_that_one_client_gets_twice_is_repeated()
    {
        await using var server = await ToyServer.StartAsync();
        server.Copies = (name, offset) => name == "audit-2" && offset == 5 ? 2 : 1;

        var verdict = await RunAsync(server, sends: 10);

        Assert.Equal([(ViolationKind.Repeated, 1)], Counts(verdict));
    }

    [Fact]
    public async Task Data_lost_and_announced_keeps_the_promises()
    {
        await using var server = await ToyServer.StartAsync();
        await using var audit = await Audit.StartAsync(Options(server), Cancellation);

        await SendsAsync(audit, 10);
        server.LoseData(tell: true);
        await SendsAsync(audit, 10);
        var verdict = await audit.FinishAsync(Cancellation);

        verdict.AssertPromises();
        Assert.Equal(6, verdict.Resyncs);
        Assert.Equal(2, verdict.Epochs);
    }

    [Fact]
    public async Task Data_lost_in_silence_breaks_them()
    {
        await using var server = await ToyServer.StartAsync();
        await using var audit = await Audit.StartAsync(Options(server) with { SettleTimeout = TimeSpan.FromSeconds(1) }, Cancellation);

        await SendsAsync(audit, 10);
        server.LoseData(tell: false);
        await SendsAsync(audit, 10);
        var verdict = await audit.FinishAsync(Cancellation);

        Assert.True(verdict.Count(ViolationKind.SilentEpochChange) > 0, verdict.ToString());
        Assert.Throws<AuditFailedException>(verdict.AssertPromises);
    }

    [Fact]
    public async Task A_record_says_the_same_when_it_is_checked_again()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("audit-").FullName, "audit.jsonl");
        await using var server = await ToyServer.StartAsync();
        await using var audit = await Audit.StartAsync(Options(server) with { RecordPath = path }, Cancellation);
        await SendsAsync(audit, 10);
        var verdict = await audit.FinishAsync(Cancellation);

        var again = await Checker.CheckAsync(RecordReader.ReadAsync(path, Cancellation), Cancellation);
        var lines = await File.ReadAllLinesAsync(path, Cancellation);
        await File.WriteAllTextAsync(path, string.Join('\n', lines[..^5]) + "\n" + lines[^5][..10], Cancellation);
        var cutOff = await Checker.CheckAsync(RecordReader.ReadAsync(path, Cancellation), Cancellation);
        await File.WriteAllTextAsync(path, string.Join('\n', lines[..5]) + "\nnonsense\n" + lines[5], Cancellation);
        var edited = await Assert.ThrowsAsync<InvalidDataException>(() => Checker.CheckAsync(RecordReader.ReadAsync(path, Cancellation), Cancellation));
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);

        Assert.Equal(verdict.ToJson(), again.ToJson());
        Assert.False(cutOff.IsComplete);
        Assert.StartsWith($"Line 6 of the record '{path}' is no entry.", edited.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_compressed_record_that_was_cut_off_is_read_as_far_as_it_goes()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("audit-").FullName, "audit.jsonl.gz");
        await using (var writer = new RecordWriter(path))
        {
            for (var i = 0; i < 20_000; i++)
                writer.Append(new SendRepeated(i));
        }

        var whole = await RecordReader.ReadAsync(path, Cancellation).CountAsync(Cancellation);
        await using (var file = new FileStream(path, FileMode.Open))
            file.SetLength(file.Length / 2);

        var cutOff = await RecordReader.ReadAsync(path, Cancellation).CountAsync(Cancellation);
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);

        Assert.Equal(20_000, whole);
        Assert.InRange(cutOff, 1000, 19_999);
    }

    [Fact]
    public async Task Clients_that_cannot_join_are_named()
    {
        await using var server = await ToyServer.StartAsync();
        await using var audit = await Audit.StartAsync(Options(server) with { Clients = 2, Senders = 0 }, Cancellation);
        audit.Clients[1].GoOffline();
        await Eventually.Is("the client is offline", () => !audit.Clients[1].IsJoined);

        var e = await Assert.ThrowsAsync<TimeoutException>(() => audit.WaitUntilJoinedAsync(TimeSpan.FromMilliseconds(100), Cancellation));

        Assert.Equal("Not all clients were in their rooms within 0.1 s: 1 (last on toy-2).", e.Message);
    }

    private static AuditOptions Options(ToyServer server) => new() { Targets = server.Targets, SendsPerSecond = 100, Reconnect = ReconnectPace.AtOnce };

    /// <summary>Breaks all connections, and waits until they are back.</summary>
    private static Task CrashAsync(ToyServer server, Audit audit)
    {
        var enough = audit.Joins + audit.Clients.Count;
        server.Crash();
        return Eventually.Is("all clients have joined again", () => audit.Joins >= enough);
    }

    /// <summary>Waits until so many more sends were made.</summary>
    private static Task SendsAsync(Audit audit, int count)
    {
        var enough = audit.Sends + count;
        return Eventually.Is($"{enough} sends were made", () => audit.Sends >= enough);
    }

    private static async Task<Verdict> RunAsync(ToyServer server, int sends)
    {
        await using var audit = await Audit.StartAsync(Options(server) with { SettleTimeout = TimeSpan.FromSeconds(1) }, Cancellation);
        await SendsAsync(audit, sends);
        return await audit.FinishAsync(Cancellation);
    }

    private static IEnumerable<(ViolationKind, long)> Counts(Verdict verdict) => verdict.ViolationCounts.Select(kind => (kind.Key, kind.Value));
}
