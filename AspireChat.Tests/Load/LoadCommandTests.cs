using System.CommandLine;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using AspireChat.LoadTest;
using AspireChat.LoadTest.Load;
using AspireChat.LoadTest.Load.Commands;
using AspireChat.Tests.Auditing;
using AspireChat.Tests.Browser;
using AspireChat.Tests.EndToEnd;
using Microsoft.Playwright;

namespace AspireChat.Tests.Load;

/// <summary>The commands as a user gives them: exit codes, and what the reports say.</summary>
public sealed class LoadCommandTests(ChatServerProcess chatServer, SharedChatApp app, BrowserFixture browser) : IClassFixture<ChatServerProcess>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("load-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Json => Path.Combine(_folder, "report.json");

    private string Html => Path.Combine(_folder, "report.html");

    [Fact]
    public async Task A_run_through_the_gateway_of_the_whole_app_passes_with_the_figures_of_what_was_sent()
    {
        var gateway = (await app.GetAsync()).Gateway;

        var exit = await RunAsync("rooms", "-t", $"{gateway}", "-c", "30", "-r", "3", "--rates", "30,60", "-s", "1", "--warm-up", "0.2", "--max-p99", "1m", "--json", Json);

        Assert.Equal(0, exit);
        var report = await ReadAsync();
        Assert.Equal("stream", report.GetProperty("mode").GetString());
        Assert.Equal(["chat-1", "chat-2", "chat-3"], report.GetProperty("instances").EnumerateArray().Select(instance => instance.GetString()));
        Assert.Equal([(30L, 300L, 300L), (60L, 600L, 600L)], report.GetProperty("steps").EnumerateArray().Select(step => (Number(step, "acknowledged"), Number(step, "delivered"), Number(step.GetProperty("latency"), "count"))));
        Assert.All(report.GetProperty("steps").EnumerateArray(), step => Assert.Equal((0, 0, 0), (Number(step, "lost"), Number(step, "repeated"), Number(step, "outOfOrder"))));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_server_with_authentication_takes_its_tokens_and_tickets(bool tickets)
    {
        string[] command = ["fan-out", "-t", await chatServer.AddressAsync(), "-c", "5", "--rates", "20", "-s", "0.5", "--warm-up", "0", "--max-p99", "1m"];
        string[] identity = ["--name", "ann", "--token", ChatServerProcess.TokenOf("ann"), .. tickets ? ["--ticket"] : Array.Empty<string>()];

        Assert.Equal(0, await RunAsync([.. command, .. identity]));
        Assert.Equal(2, await RunAsync(command));
        Assert.Equal(2, await RunAsync([.. command, "--name", "bob", .. identity[2..]]));
    }

    [Fact]
    public async Task With_the_API_key_messages_go_by_HTTP_past_the_rate_limit()
    {
        string[] command = ["fan-out", "-t", await chatServer.AddressAsync(), "--name", "ann", "--token", ChatServerProcess.TokenOf("ann"), "-c", "5", "--rates", "150", "-s", "1", "--warm-up", "0", "--max-p99", "1m", "--json", Json];

        // One publisher: by a connection it would be refused after its burst of 40.
        Assert.Equal(1, await RunAsync([.. command, "--publishers", "1"]));
        Assert.Contains("'rate_limited'", (await ReadAsync()).GetProperty("notes")[0].GetString());

        Assert.Equal(0, await RunAsync([.. command, "--publishers", "1", "--api-key", ChatServerProcess.ApiKey]));
        Assert.Equal(750, Number((await ReadAsync()).GetProperty("steps")[0], "delivered"));
    }

    [Fact]
    public async Task A_threshold_that_is_not_kept_ends_with_1()
    {
        await using var server = await ToyServer.StartAsync();
        server.Copies = (_, offset) => offset == 3 ? 0 : 1;
        string[] command = ["fan-out", "-t", $"{server.Targets[0]}", "-c", "2", "--rates", "50", "-s", "0.2", "--warm-up", "0", "--max-p99", "1m"];

        Assert.Equal(1, await RunAsync(command));
        Assert.Equal(0, await RunAsync([.. command, "--max-lost", "2"]));
        Assert.Equal(1, await RunAsync([.. command, "--max-lost", "2", "--min-rate", "60"]));
    }

    [Fact]
    public async Task Another_machine_is_left_alone_unless_it_is_named_twice()
    {
        Assert.Equal(2, await RunAsync("fan-out", "-t", "http://chat.example.com"));

        var command = new Command("test");
        var options = TargetOptions.AddTo(command);
        var e = Assert.Throws<LoadException>(() => options.TargetsOf(command.Parse("-t http://localhost:5080 -t https://chat.example.com --confirm example.com")));
        Assert.Equal("'chat.example.com' is another machine. If its owner wants this load, say so with --confirm chat.example.com.", e.Message);
        Assert.Equal(["wss://chat.example.com/ws"], options.TargetsOf(command.Parse("-t https://chat.example.com --confirm chat.example.com")).Select(target => $"{target}"));
        Assert.Equal(["ws://localhost:5080/ws"], options.TargetsOf(command.Parse("")).Select(target => $"{target}"));
    }

    [Fact]
    public async Task What_cannot_be_run_ends_with_2()
    {
        Assert.Equal(2, await RunAsync("fan-out", "-t", "http://127.0.0.1:9"));
        Assert.Equal(2, await RunAsync("fan-out", "-t", "nonsense"));
        Assert.Equal(2, await RunAsync("fan-out", "--text", "10"));
        Assert.Equal(2, await RunAsync("storm", "--share", "2"));
        Assert.Equal(1, await RunAsync("fan-out", "--max-p99", "200"));
    }

    [Fact]
    public async Task A_certificate_is_taken_if_its_authority_or_any_is_trusted()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        var file = Path.Combine(_folder, "ca.pem");
        await File.WriteAllTextAsync(file, certificate.ExportCertificatePem(), Cancellation);
        await using var server = await ToyServer.StartAsync(certificate);
        string[] command = ["fan-out", "-t", $"{server.Targets[0]}", "-c", "2", "--rates", "50", "-s", "0.2", "--warm-up", "0", "--max-p99", "1m"];

        Assert.Equal(2, await RunAsync(command));
        Assert.Equal(0, await RunAsync([.. command, "--insecure"]));
        Assert.Equal(0, await RunAsync([.. command, "--ca", file]));
    }

    [Fact]
    public async Task The_page_shows_charts_without_a_script_or_anything_from_elsewhere()
    {
        await using var server = await ToyServer.StartAsync();
        Assert.Equal(0, await RunAsync("storm", "-t", $"{server.Targets[0]}", "-c", "6", "-r", "2", "--rate", "50", "--storms", "2", "-s", "1", "--warm-up", "0", "--reconnect", "AtOnce", "--max-p99", "1m", "--html", Html));
        await using var page = await browser.NewPageAsync(new BrowserNewContextOptions { ColorScheme = ColorScheme.Dark, ViewportSize = new ViewportSize { Width = 400, Height = 800 } });

        await page.Page.GotoAsync(new Uri(Html).AbsoluteUri);

        Assert.Equal("storm", await page.Page.Locator("h1").InnerTextAsync());
        Assert.Equal("Passed", await page.Page.Locator(".verdict").InnerTextAsync());
        Assert.InRange(await page.Page.Locator("svg").CountAsync(), 4, 5);
        Assert.Equal(["storm 1", "50", "50", "150", "150"], (await page.Page.Locator("tbody tr").First.Locator("td").AllInnerTextsAsync()).Take(5));
        Assert.True(await page.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "The page is wider than its window.");
        Assert.Empty(page.Problems);
        Assert.All(page.Requests, request => Assert.False(request.StartsWith("http", StringComparison.Ordinal), request));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Task<int> RunAsync(params string[] arguments) =>
        LoadTestCommand.Create().Parse(arguments).InvokeAsync(cancellationToken: Cancellation);

    private static long Number(JsonElement holder, string name) => holder.GetProperty(name).GetInt64();

    private async Task<JsonElement> ReadAsync()
    {
        using var document = JsonDocument.Parse(await File.ReadAllTextAsync(Json, Cancellation));
        return document.RootElement.Clone();
    }
}
