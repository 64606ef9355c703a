using System.Diagnostics;
using System.Text.RegularExpressions;

namespace AspireChat.Tests.Security;

/// <summary>What is kept under version control can be read by everybody, for ever.</summary>
public sealed partial class SecretScanTests
{
    private const int MaxBytes = 1024 * 1024;

    private static readonly (string What, Regex Pattern)[] Patterns =
    [
        ("a private key", PrivateKey()),
        ("a key of AWS", AwsKey()),
        ("a token of GitHub", GitHubToken()),
        ("a token of GitLab, Slack, npm or NuGet", OtherToken()),
        ("a JSON web token", WebToken()),
        ("a connection string with a password", ConnectionPassword()),
        ("an address with a password", AddressPassword()),
        ("a key of an Azure account", AzureKey()),
    ];

    [Fact]
    public async Task No_secret_is_under_version_control()
    {
        var files = await TrackedFilesAsync();
        Assert.SkipWhen(files.Count == 0, "These sources are not under Git.");

        var found = new List<string>();
        foreach (var file in files.Where(file => new FileInfo(file) is { Exists: true, Length: < MaxBytes }))
        {
            var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
            found.AddRange(Find(text).Select(what => $"{Path.GetRelativePath(SolutionDirectory.Path, file)} holds {what}."));
        }

        Assert.Empty(found);
    }

    [Theory]
    [InlineData("a private key", "-----BEGIN RSA ", "PRIVATE KEY-----")]
    [InlineData("a private key", "-----BEGIN ", "PRIVATE KEY-----")]
    [InlineData("a key of AWS", "AKIA", "IOSFODNN7EXAMPLE")]
    [InlineData("a token of GitHub", "ghp_", "0123456789abcdefghijABCDEFGHIJ012345")]
    [InlineData("a token of GitHub", "github_pat_", "0123456789abcdefghijAB_0123456789")]
    [InlineData("a token of GitLab, Slack, npm or NuGet", "xoxb-", "123456789012-abcdefABCDEF")]
    [InlineData("a token of GitLab, Slack, npm or NuGet", "oy2", "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopq")]
    [InlineData("a JSON web token", "eyJhbGciOiJIUzI1NiJ9.", "eyJuYW1lIjoiYW5uIn0.c2lnbmF0dXJlLXNpZ25hdHVyZQ")]
    [InlineData("a connection string with a password", "redis.example:6380,pass", "word=aB3dE5fG7h,ssl=true")]
    [InlineData("an address with a password", "redis://:", "aB3dE5fG7h@redis.example:6379")]
    [InlineData("a key of an Azure account", "AccountKey=", "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqr==")]
    public void A_secret_is_known_when_it_is_seen(string what, string start, string end) => Assert.Equal([what], Find($"x = \"{start}{end}\""));

    [Theory]
    [InlineData("password=<the password>")]
    [InlineData("password={password}")]
    [InlineData("redis://localhost:6379")]
    [InlineData("redis://:$PASSWORD@redis:6379")]
    [InlineData("-----BEGIN CERTIFICATE-----")]
    public void What_stands_for_a_secret_is_none(string text) => Assert.Empty(Find(text));

    private static IEnumerable<string> Find(string text) => Patterns.Where(one => one.Pattern.IsMatch(text)).Select(one => one.What);

    private static async Task<List<string>> TrackedFilesAsync()
    {
        try
        {
            using var git = Process.Start(new ProcessStartInfo("git", ["ls-files", "-z"]) { WorkingDirectory = SolutionDirectory.Path, RedirectStandardOutput = true, RedirectStandardError = true })!;
            var names = await git.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            return [.. names.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(name => SolutionDirectory.Combine(name))];
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return [];
        }
    }

    [GeneratedRegex("-----BEGIN ([A-Z]+ )?PRIVATE KEY-----")]
    private static partial Regex PrivateKey();

    [GeneratedRegex(@"\b(AKIA|ASIA)[0-9A-Z]{16}\b")]
    private static partial Regex AwsKey();

    [GeneratedRegex(@"\b(gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{22,})")]
    private static partial Regex GitHubToken();

    [GeneratedRegex(@"\b(glpat-[A-Za-z0-9_-]{20}|xox[abprs]-[0-9A-Za-z-]{10,}|npm_[A-Za-z0-9]{36}|oy2[a-z0-9]{43}\b)")]
    private static partial Regex OtherToken();

    [GeneratedRegex(@"\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{20,}")]
    private static partial Regex WebToken();

    [GeneratedRegex(@"(?i)[,;]\s*(password|pwd)\s*=\s*[A-Za-z0-9+/!_-]{8,}")]
    private static partial Regex ConnectionPassword();

    [GeneratedRegex("[a-z]{3,}://[A-Za-z0-9_-]*:[A-Za-z0-9!_-]{6,}@")]
    private static partial Regex AddressPassword();

    [GeneratedRegex("AccountKey=[A-Za-z0-9+/]{40,}={0,2}")]
    private static partial Regex AzureKey();
}
