using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;

namespace AspireChat.Tests.Hosting;

public sealed class ConsoleTests
{
    private readonly StringWriter _console = new();

    private string[] Lines
    {
        get
        {
            lock (_console)
                return _console.ToString().Split('\n', StringSplitOptions.TrimEntries);
        }
    }

    [Fact]
    public async Task At_last_it_tells_the_addresses_that_a_person_opens()
    {
        await using var app = await StartAsync("Changes", builder =>
        {
            builder.AddShell("chat").WithHttpEndpoint();
            builder.AddShell("gateway").WithHttpEndpoint().WithExternalHttpEndpoints()
                .WithUrlForEndpoint("http", url => url.DisplayText = "Chat")
                .WithUrls(context => context.Urls.Add(new ResourceUrlAnnotation { Url = "/lab", DisplayText = "Lab", Endpoint = context.GetEndpoint("http") }))
                .WithUrl("https://example.org");
        });

        await Eventually.Is("all is ready", () => Lines.Any(line => line.StartsWith("Ready after", StringComparison.Ordinal)) && Lines.Any(line => line.EndsWith("/lab", StringComparison.Ordinal)));

        var address = app.App.Services.GetRequiredService<IResourceCollection>().OfType<ExecutableResource>().Last().Annotations.OfType<EndpointAnnotation>().Single().AllocatedPort;
        var after = Lines.SkipWhile(line => !line.StartsWith("Ready after", StringComparison.Ordinal)).Where(line => line.Length > 0).ToList();
        Assert.Equal([$"gateway  Chat  http://localhost:{address}", "gateway  https://example.org", $"gateway  Lab  http://localhost:{address}/lab"], after.Skip(1));
    }

    [Fact]
    public async Task A_failure_is_told_with_the_last_lines_of_its_log()
    {
        await using var app = await StartAsync("Quiet", builder => builder.AddShell("chat", "echo the reason; exit 3"));

        await Eventually.Is("the failure is told", () => Lines.Contains("chat    the reason"));

        Assert.Contains("chat  ended with exit code 3; its last lines:", Lines);
    }

    [Fact]
    public async Task What_could_not_start_is_told_once()
    {
        await using var app = await StartAsync("Changes", builder => builder.AddExecutable("chat", "no-such-program", Path.GetTempPath()));
        await app.UntilAsync("chat", KnownResourceStates.FailedToStart);
        const string Sentence = "The resource 'chat' cannot start: there is no program 'no-such-program' on the PATH. Install it, or give its path.";

        await Eventually.Is("the failure is told", () => Lines.Contains("chat  could not start:") && Lines.Any(line => line.EndsWith(Sentence, StringComparison.Ordinal)));
        await app.App.StopAsync(TestContext.Current.CancellationToken);

        Assert.Single(Lines, line => line.EndsWith(Sentence, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Warnings_and_errors_of_a_resource_are_shown_with_its_name_and_the_rest_is_not()
    {
        await using var app = await StartAsync("Changes", builder => builder.AddShell(
            "chat", "printf 'info: quiet\\n      kept quiet\\nwarn: Chat[0]\\n      loud\\nplain\\n'; echo to stderr >&2; sleep 1000"));

        await Eventually.Is("the error stream is shown", () => Lines.Contains("chat  to stderr"));
        await Eventually.Is("the warning is shown", () => Lines.Contains("chat        loud"));

        Assert.Contains("chat  warn: Chat[0]", Lines);
        Assert.DoesNotContain(Lines, line => line.Contains("quiet", StringComparison.Ordinal) || line.EndsWith("plain", StringComparison.Ordinal));
    }

    [Fact]
    public async Task All_lines_can_be_shown()
    {
        await using var app = await StartAsync("All", builder => builder.AddShell("chat", "echo plain; sleep 1000"));

        await Eventually.Is("the line is shown", () => Lines.Contains("chat  plain"));
    }

    private Task<HostedApp> StartAsync(string mode, Action<IDistributedApplicationBuilder> configure) => HostedApp.StartAsync(
        builder =>
        {
            builder.Services.AddSingleton<TextWriter>(new Locked(_console));
            configure(builder);
        },
        $"--LocalAspire:Console={mode}");

    /// <summary>Read while it is written.</summary>
    private sealed class Locked(StringWriter inner) : TextWriter
    {
        public override System.Text.Encoding Encoding => inner.Encoding;

        public override void Write(char value)
        {
            lock (inner)
                inner.Write(value);
        }

        public override void WriteLine(string? value)
        {
            lock (inner)
                inner.WriteLine(value);
        }
    }
}
