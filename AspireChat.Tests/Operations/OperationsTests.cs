using System.Text.RegularExpressions;
using AspireChat.Tests.Deploy;

namespace AspireChat.Tests.Operations;

/// <summary>docs/operations.md tells of what is there, and of all of it. <c>ASPIRECHAT_WRITE_DOCS=1</c> writes its generated parts anew.</summary>
public sealed partial class OperationsTests
{
    private static readonly string[] Sources = ["AspireChat.ChatServer", "AspireChat.Gateway", "AspireChat.ServiceDefaults"];

    private static string Document => SolutionDirectory.Combine("docs", "operations.md");

    [Theory]
    [InlineData("chat server")]
    [InlineData("gateway")]
    public async Task The_reference_is_what_the_options_classes_say(string program)
    {
        var text = await ReadAsync();
        var (begin, end) = ($"<!-- generated: {program} -->\n", $"\n<!-- end: {program} -->");
        var (from, to) = (text.IndexOf(begin, StringComparison.Ordinal) + begin.Length, text.IndexOf(end, StringComparison.Ordinal));
        var made = ConfigurationReference.Of(program == "gateway" ? ProgramSettings.Gateway : ProgramSettings.Chat);

        if (Environment.GetEnvironmentVariable("ASPIRECHAT_WRITE_DOCS") == "1")
        {
            await File.WriteAllTextAsync(Document, text[..from] + made + text[to..], TestContext.Current.CancellationToken);
            return;
        }

        Assert.True(made == text[from..to], "docs/operations.md does not tell the options as they are: run this test with ASPIRECHAT_WRITE_DOCS=1, and look at what it changed.");
    }

    [Fact]
    public async Task Every_option_says_what_it_does() =>
        Assert.Empty(ReferenceRow().Matches(await ReadAsync()).Where(row => row.Groups[2].Value.Trim().Length == 0).Select(row => row.Groups[1].Value));

    [Fact]
    public async Task Whatever_else_the_programs_read_is_told_too()
    {
        var text = await ReadAsync();
        var read = Sources
            .SelectMany(project => Directory.EnumerateFiles(SolutionDirectory.Combine(project), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(file => KeyThatIsRead().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups["connection"] is { Success: true } name ? $"ConnectionStrings__{name.Value}" : match.Groups["key"].Value.Replace(":", "__", StringComparison.Ordinal))
            .Distinct()
            .ToList();

        Assert.Contains("ConnectionStrings__redis", read);
        Assert.Contains("AllowedHosts", read);
        Assert.Contains("Telemetry__TracesPerSecond", read);
        Assert.All(read, key => Assert.Contains($"`{key}`", text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_parameter_of_the_app_host_is_told()
    {
        var text = await ReadAsync();
        var taken = Directory.EnumerateFiles(SolutionDirectory.Combine("AspireChat.AppHost"), "*.cs")
            .SelectMany(file => Parameter().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups[1].Value)
            .ToHashSet();
        var told = ParameterRow().Matches(text).Select(match => match.Groups[1].Value).ToHashSet();

        Assert.Equal(taken.Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_series_that_is_watched_is_emitted()
    {
        var emitted = await EmittedMetrics.ReadAsync();
        var watched = Series().Matches(Labels().Replace(await ReadAsync(), "")).Select(match => match.Value).ToHashSet();

        Assert.InRange(watched.Count, 10, 100);
        Assert.Empty(watched.Except(emitted));
    }

    [Fact]
    public async Task Every_label_that_is_asked_for_is_one_of_ours()
    {
        var ours = Directory.EnumerateFiles(SolutionDirectory.Combine("AspireChat.ChatServer"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => OwnLabel().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups[1].Value.Replace('.', '_'))
            .ToHashSet();
        var asked = Labels().Matches(await ReadAsync())
            .SelectMany(labels => Series().Matches(labels.Value))
            .Select(match => match.Value)
            .Where(label => label.StartsWith("chat_", StringComparison.Ordinal))
            .ToHashSet();

        Assert.Subset(ours, asked);
        Assert.Contains("chat_close_code", asked);
    }

    [Fact]
    public async Task Every_page_that_it_points_to_is_there()
    {
        var text = await ReadAsync();

        Assert.All(Link().Matches(text).Select(match => match.Groups[1].Value), target =>
        {
            var (file, anchor) = target.Split('#') is [var before, var after] ? (before, after) : (target, "");
            var path = file.Length == 0 ? Document : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Document)!, file));
            Assert.True(Path.Exists(path), $"{target} is not there.");
            if (anchor.Length > 0)
                Assert.Contains(anchor, File.ReadAllLines(path).Where(line => line.StartsWith('#')).Select(AnchorOf));
        });
    }

    private static Task<string> ReadAsync() => File.ReadAllTextAsync(Document, TestContext.Current.CancellationToken);

    private static string AnchorOf(string heading) =>
        NotInAnchors().Replace(heading.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-');

    [GeneratedRegex(@"^\| `(\w+__\w+)` \|.*\| ([^|]*) \|$", RegexOptions.Multiline)]
    private static partial Regex ReferenceRow();

    [GeneratedRegex("""(?:[cC]onfiguration\["(?<key>[\w:]+)"\]|(?:Setting|EndpointSetting) = "(?<key>[\w:]+)"|GetConnectionString\("(?<connection>\w+)"\))""")]
    private static partial Regex KeyThatIsRead();

    [GeneratedRegex("""(?:AddParameter\(|AddKey\(builder, |GetValue\(|Count\(|"Parameters:)"?([a-z][a-z-]+)"[,\]]?""")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"^\| `Parameters__([\w-]+)`", RegexOptions.Multiline)]
    private static partial Regex ParameterRow();

    /// <summary>What a program of ours emits by itself or by the libraries it is made of.</summary>
    [GeneratedRegex(@"\b(?:chat|kestrel|http_server|http_client|dotnet|aspnetcore)_[a-z_]+\b")]
    private static partial Regex Series();

    /// <summary>Where PromQL has labels: those of a selector, and those that a sum is by.</summary>
    [GeneratedRegex(@"\{[^}|]*\}|by \([^)]*\)")]
    private static partial Regex Labels();

    [GeneratedRegex("\"(chat\\.[\\w.]+)\"")]
    private static partial Regex OwnLabel();

    [GeneratedRegex(@"\]\(((?!http)[^)]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchors();
}
