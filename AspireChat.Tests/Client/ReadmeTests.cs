using System.Reflection;
using System.Text.RegularExpressions;

namespace AspireChat.Tests.Client;

public partial class ReadmeTests
{
    [Fact]
    public void Every_sample_of_the_readme_is_compiled()
    {
        var compiled = Lines(Resource("ReadmeSamples.cs"));
        var samples = Sample().Matches(Resource("README.md"));

        Assert.Equal(5, samples.Count);
        Assert.All(samples, sample => Assert.Contains(Lines(sample.Groups[1].Value), compiled, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_first_sample_does_what_it_says()
    {
        await using var server = await ScriptedServer.StartAsync();
        await using var output = new StringWriter();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

        var running = new ReadmeSamples(server.Address, TextWriter.Synchronized(output)).SendAndReadAsync(stop.Token);
        var connection = await server.WelcomeNextAsync();
        await connection.AdmitAsync();
        await connection.AckAsync(await connection.ReceiveAsync("send"));
        await connection.MessageAsync(1);

        await Eventually.Is("the message is printed", () => output.ToString().Contains("bob: text 1", StringComparison.Ordinal));
        await stop.CancelAsync();
        await connection.ReceiveAsync("leave");
        await connection.SendAsync("""{"type":"left","room":"lobby"}""");
        await connection.ReceiveCloseAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.SoonAsync());
        Assert.StartsWith("Stored at StreamPosition { Epoch = e1, Offset = 1 }.", output.ToString(), StringComparison.Ordinal);
    }

    /// <summary>The text without indentation, blank lines and the line that puts the test's address in.</summary>
    private static string Lines(string text) => string.Join('\n', text.Split('\n')
        .Select(line => line.Trim())
        .Where(line => line.Length > 0 && line != "options = options with { Address = address };"));

    private static string Resource(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"AspireChat.Client.{name}");
        return new StreamReader(stream!).ReadToEnd();
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Sample();
}
