using System.CommandLine;
using System.Text.Json;
using AspireChat.LoadTest;
using AspireChat.LoadTest.Faults.Kinds;
using AspireChat.LoadTest.Processes;
using AspireChat.Tests.Deploy;

namespace AspireChat.Tests.FaultRuns;

/// <summary><c>faults</c> as a user gives it.</summary>
public sealed class FaultsCommandTests : IDisposable
{
    // A run that may make network interfaces does, and a browser that runs beside it gives up what it is loading whenever one comes or goes.
    private const string OnNetworkOfItsOwn = """
        if unshare --net ip link set lo up 2>/dev/null; then exec unshare --net sh -c 'ip link set lo up && exec "$@"' sh "$@"; fi
        exec "$@"
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("faults-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Json => Path.Combine(_folder, "report.json");

    private string Html => Path.Combine(_folder, "report.html");

    private string Record => Path.Combine(_folder, "record.jsonl.gz");

    [Theory]
    [InlineData("--only", "1,18", "'18' is no fault. Write numbers of faults with commas between them, such as 1,6,7; --list lists them.")]
    [InlineData("--only", "kill", "'kill' is no fault. Write numbers of faults with commas between them, such as 1,6,7; --list lists them.")]
    [InlineData("--minutes", "0", "'--minutes' must be 0.1 or more.")]
    [InlineData("--clients", "3", "'--clients' must be 4 or more.")]
    [InlineData("--crowd", "0", "'--crowd' must be 1 or more.")]
    public void What_makes_no_sense_is_told(string option, string value, string expected) =>
        Assert.Equal(expected, Assert.Single(LoadTestCommand.Create().Parse(["faults", option, value]).Errors).Message);

    [Fact]
    public async Task A_run_passes_names_its_faults_and_leaves_nothing()
    {
        SkipWithoutRedis();

        var exit = await RunAsync("--seed", "3", "--minutes", "0.5", "--only", "3,7,14", "--patience", "4", "--json", Json, "--html", Html, "--record", Record);

        using var report = JsonDocument.Parse(await File.ReadAllTextAsync(Json, Cancellation));
        Assert.True(exit == 0, report.RootElement.GetRawText());
        var numbers = report.RootElement.GetProperty("faults").EnumerateArray().Select(fault => fault.GetProperty("number").GetInt32()).ToArray();
        Assert.Equal([3, 7, 14], numbers.Distinct().Order());
        var page = await File.ReadAllTextAsync(Html, Cancellation);
        Assert.All(numbers, number => Assert.Contains(FaultCatalog.Find(number)!.Name, page, StringComparison.Ordinal));
        Assert.All(report.RootElement.GetProperty("memory").EnumerateArray(), process => Assert.False(Directory.Exists($"/proc/{process.GetProperty("processId").GetInt32()}"), $"{process} still runs."));
        Assert.Equal(0, await LoadTestCommand.Create().Parse(["check", Record]).InvokeAsync(cancellationToken: Cancellation));
    }

    [Fact]
    public async Task A_product_that_loses_messages_fails()
    {
        SkipWithoutRedis();

        // Without a stream, what is said while an instance subscribes again passes it by: a tenth of a second, five times, on three instances.
        var exit = await RunAsync("--seed", "3", "--minutes", "0.3", "--only", "7", "--rate", "200", "--patience", "4", "--backplane", "pubsub", "--json", Json);

        using var report = JsonDocument.Parse(await File.ReadAllTextAsync(Json, Cancellation));
        Assert.Equal(1, exit);
        Assert.True(report.RootElement.GetProperty("verdict").GetProperty("missed").GetInt64() > 0, report.RootElement.GetRawText());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static void SkipWithoutRedis() => Assert.SkipWhen(RedisProgram.Path is null, "Neither 'redis-server' nor 'valkey-server' is on the PATH.");

    private static async Task<int> RunAsync(params string[] options)
    {
        var (exit, output) = await Tool.RunAsync("sh", ["-c", OnNetworkOfItsOwn, "sh", "dotnet", typeof(LoadTestCommand).Assembly.Location, "faults", .. options]);
        TestContext.Current.TestOutputHelper!.WriteLine(output);
        return exit;
    }
}
