using System.CommandLine;
using System.Text.Json;
using AspireChat.ScaleModel;
using AspireChat.ScaleModel.Output;

namespace AspireChat.Tests.Scale;

/// <summary>The tool as a user gives it, and the page that it makes.</summary>
public sealed class ScaleCommandTests
{
    private static string Page => SolutionDirectory.Combine("docs", "scale.md");

    [Fact]
    public async Task The_tables_of_the_page_are_what_the_tool_makes()
    {
        var page = await File.ReadAllTextAsync(Page, TestContext.Current.CancellationToken);

        Assert.True(ScalePage.Rewrite(page) == page, "docs/scale.md is not what the tool makes: dotnet run --project tools/AspireChat.ScaleModel -- docs docs/scale.md");
        Assert.Contains("<!-- table: teams -->", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_tells_how_many_and_why()
    {
        var (exit, output, _) = await RunAsync("--connections", "1000000", "--rooms", "50000", "--rate", "0.1");

        Assert.Equal(0, exit);
        Assert.Contains("1,000,000 connections in 50,000 rooms of 20; 5,000 messages and 100,000 deliveries a second", output, StringComparison.Ordinal);
        Assert.All((string[])["chat instances: ", "gateways: ", "Redis shards: ", "comes first", "copies of each message", "When an instance is lost", "Placed by chance"], text => Assert.Contains(text, output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_tells_machines_the_same()
    {
        var (exit, output, _) = await RunAsync("--connections", "10000", "--mode", "pubsub", "--transport", "direct", "--no-gateway", "--json");

        using var document = JsonDocument.Parse(output);
        var plan = document.RootElement.GetProperty("plan");
        Assert.Equal(0, exit);
        Assert.True(plan.GetProperty("instances").GetProperty("count").GetInt32() >= 2);
        Assert.Equal(JsonValueKind.Null, plan.GetProperty("gateways").ValueKind);
        Assert.True(document.RootElement.GetProperty("placement").GetProperty("interested").GetDouble() >= 1);
    }

    [Theory]
    [InlineData("'--connections' must be 1 to 1,000,000,000.", "--connections", "0")]
    [InlineData("'--connections' must be 1 to 1,000,000,000.", "--connections", "NaN")]
    [InlineData("'--members' must be 1 or more in each room: give fewer rooms, or more connections.", "--connections", "10", "--rooms", "20")]
    [InlineData("'--members' must not be more than there are connections.", "--connections", "10", "--rooms", "20", "--members", "11")]
    [InlineData("'--members' leaves connections in no room: give more members to a room, or more rooms.", "--connections", "10", "--rooms", "1", "--members", "2")]
    [InlineData("'--rate' must be 0 to 1,000,000 messages a second in each room.", "--connections", "10", "--rate", "-1")]
    [InlineData("'--busy' must be more than 0 and at most 1.", "--connections", "10", "--busy", "0")]
    public async Task What_makes_no_sense_is_told(string expected, params string[] options)
    {
        var (exit, _, error) = await RunAsync(options);

        Assert.Equal((2, expected), (exit, error.Trim()));
    }

    [Fact]
    public async Task What_no_number_of_machines_carries_is_told_and_fails()
    {
        var (exit, output, _) = await RunAsync("--connections", "1000000", "--rooms", "1", "--rate", "1000000");

        Assert.Equal(1, exit);
        Assert.Contains("NO NUMBER IS ENOUGH", output, StringComparison.Ordinal);
    }

    private static async Task<(int Exit, string Output, string Error)> RunAsync(params string[] options)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var exit = await ScaleCommand.Create().Parse(options).InvokeAsync(new InvocationConfiguration { Output = output, Error = error }, TestContext.Current.CancellationToken);
        return (exit, $"{output}", $"{error}");
    }
}
