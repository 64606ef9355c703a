using System.Diagnostics;
using System.Globalization;
using AspireChat.Tests.ChatServers;
using AspireChat.Tests.EndToEnd;

namespace AspireChat.Tests.Faults;

/// <summary>A member hangs: it is connected, and reads nothing.</summary>
public sealed class StuckMemberTests(FaultApp shared) : FaultTest(shared)
{
    [Theory]
    [InlineData("chat-1")]
    [InlineData("gateway")]
    public async Task Fault_9_a_member_stops_reading(string door)
    {
        var app = await GetAppAsync();
        await using var audit = await app.AuditAsync(sendsPerSecond: 60, textChars: 4_000);
        var room = audit.Clients[0].Room;
        await SendMoreAsync(audit, 20);
        var connections = await app.ConnectionsAsync();
        var (stuck, epoch, offset) = await JoinAsync(door == "gateway" ? app.Gateway : app.Chat.Instance(door), room);

        // What is sent to it waits in the kernel's buffers, and then in its queue, up to the bound.
        var began = Stopwatch.GetTimestamp();
        var before = await MemoryAsync(app);
        await Eventually.Is("it is given up", async () => await app.ConnectionsAsync() == connections, within: TimeSpan.FromSeconds(60));
        var grown = await MemoryAsync(app) - before;
        FaultRun.Note(string.Create(CultureInfo.InvariantCulture, $"by {door}: given up after {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s; all instances grew by {grown / 1e6:0.0} MB"));

        // What it has got is in order; the close is the last of it, unless the bytes before it were too many.
        while (await stuck.NextFrameAsync() is { } frame)
        {
            if (frame.Opcode == TestFrame.CloseOpcode)
                Assert.Equal(4000, frame.CloseCode);
            else if (frame.Json.GetProperty("type").GetString() == "message")
                Assert.Equal(++offset, frame.Json.GetProperty("offset").GetInt64());
        }

        await stuck.DisposeAsync();
        await using var back = await Conversation.WelcomedAsync(app.Gateway);
        await back.SendAsync(new { type = "join", room, name = "stuck", presence = false, since = new { epoch, offset } });
        var joined = await back.SkipToAsync("joined");
        Assert.True(joined.GetProperty("recovered").GetBoolean());
        foreach (var message in joined.GetProperty("messages").EnumerateArray())
            Assert.Equal(++offset, message.GetProperty("offset").GetInt64());
        for (var i = 0; i < 20; i++)
            Assert.Equal(++offset, (await back.SkipToAsync("message")).GetProperty("offset").GetInt64());

        // The others did not notice.
        var verdict = await FinishCleanAsync(audit);
        Assert.Empty(verdict.Closes);
    }

    [Fact]
    public async Task Fault_9_the_others_do_not_pay_for_a_member_that_stops_reading()
    {
        Assert.SkipUnless(FaultRun.IsRecorded, "It compares CPU time, which needs a quiet machine and two minutes: part of the recorded run (docs/reliability.md).");
        var app = await GetAppAsync();
        await MeasureAsync(app, stuck: false);
        var pairs = new List<(Figures Without, Figures With)>();
        for (var pair = 0; pair < 5; pair++)
        {
            // By turns the one first and the other.
            var one = await MeasureAsync(app, stuck: pair % 2 == 0);
            var other = await MeasureAsync(app, stuck: pair % 2 != 0);
            pairs.Add(pair % 2 == 0 ? (other, one) : (one, other));
        }

        var cpu = Median(pairs.Select(pair => pair.With.Cpu / pair.Without.Cpu));
        var wait = Median(pairs.Select(pair => pair.With.Wait / pair.Without.Wait));
        FaultRun.Note(string.Create(
            CultureInfo.InvariantCulture,
            $"with a member that hangs the others' CPU per delivery is {cpu:0.00} times what it is without ({Median(pairs.Select(pair => pair.Without.Cpu)):0.0} µs), their median wait {wait:0.00} times ({Median(pairs.Select(pair => pair.Without.Wait)):0.0} ms)"));
        Assert.InRange(cpu, 0, 1.1);
        Assert.InRange(wait, 0, 1.1);
    }

    /// <summary>Lets 48 clients talk for ten seconds, in a room in which one more hangs, or not: at this rate it takes most of that time to be given up.</summary>
    private static async Task<Figures> MeasureAsync(RunningFaultApp app, bool stuck)
    {
        await using var audit = await app.AuditAsync(clients: 48, sendsPerSecond: 120);
        await SendMoreAsync(audit, 120);
        await using var hanging = stuck ? (await JoinAsync(app.Chat.Instance("chat-1"), audit.Clients[0].Room)).Stuck : null;
        var before = await CpuAsync(app);
        var sends = audit.Sends;
        await SendMoreAsync(audit, 1_200);
        var cpu = await CpuAsync(app) - before;
        sends = audit.Sends - sends;
        var verdict = await FinishCleanAsync(audit);
        return new Figures(cpu.TotalMicroseconds / (sends * audit.Clients.Count), verdict.DeliveryTime.Median);
    }

    private static async Task<(TestClient Stuck, string Epoch, long Offset)> JoinAsync(Uri server, string room)
    {
        var (_, stuck) = await TestClient.TryOpenAsync(server, [], receiveBuffer: 4096);
        await stuck!.NextAsync("welcome");
        await stuck.SendAsync(new { type = "join", room, name = "stuck", presence = false });
        var position = (await stuck.SkipToAsync("joined")).GetProperty("position");
        return (stuck, position.GetProperty("epoch").GetString()!, position.GetProperty("offset").GetInt64());
    }

    private static async Task<long> MemoryAsync(RunningFaultApp app) => (await EachAsync(app, process => process.WorkingSet64)).Sum();

    private static async Task<TimeSpan> CpuAsync(RunningFaultApp app) =>
        (await EachAsync(app, process => process.TotalProcessorTime)).Aggregate((sum, one) => sum + one);

    private static async Task<IReadOnlyList<T>> EachAsync<T>(RunningFaultApp app, Func<Process, T> figure)
    {
        var figures = new List<T>();
        foreach (var instance in app.Chat.Instances)
        {
            using var process = Process.GetProcessById(await app.Chat.ProcessIdAsync(instance));
            figures.Add(figure(process));
        }

        return figures;
    }

    private static double Median(IEnumerable<double> figures) => figures.Order().ElementAt(2);

    /// <param name="Cpu">Microseconds of CPU time of all instances for each delivery to a client that reads.</param>
    /// <param name="Wait">Milliseconds from a send to its deliveries, the median: what waits in the queues of those clients shows here.</param>
    private sealed record Figures(double Cpu, double Wait);
}
