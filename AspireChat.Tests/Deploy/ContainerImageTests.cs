using System.Net;
using Microsoft.Extensions.Hosting;

namespace AspireChat.Tests.Deploy;

/// <summary>What <c>dotnet publish -t:PublishContainer</c> makes of the two programs.</summary>
public sealed class ContainerImageTests(PublishedImages images) : IClassFixture<PublishedImages>
{
    public static TheoryData<string> Projects => [.. DeployedProgram.All.Select(program => program.Project)];

    [Theory, MemberData(nameof(Projects))]
    public async Task The_image_is_what_the_manifests_say_of_it(string project)
    {
        var program = Program(project);

        var image = await images.OfAsync(program);

        Assert.Equal($"{program.Repository}:latest", image.Tag);
        Assert.Equal("1654", image.User);
        Assert.Equal(["8080/tcp"], image.Ports);
        Assert.Equal(["dotnet", $"/app/{project}.dll"], image.EntryPoint);
        Assert.Equal("/app/", image.WorkingDirectory);
        Assert.Equal(["PATH=/usr/bin", "ASPNETCORE_HTTP_PORTS=8080", "DOTNET_EnableDiagnostics=0"], image.Environment);
        Assert.Equal("AspireChat", image.Labels["org.opencontainers.image.vendor"]);
        Assert.NotEmpty(image.Labels["org.opencontainers.image.description"]);
        Assert.True(File.Exists(Path.Combine(image.Folder, "app", $"{project}.dll")));
    }

    [Fact]
    public async Task It_is_built_upon_the_image_without_a_shell() =>
        Assert.Equal($"mcr.microsoft.com/dotnet/aspnet:{Environment.Version.Major}.{Environment.Version.Minor}-noble-chiseled", await PublishedImage.BaseOfAsync("AspireChat.ChatServer"));

    [Theory, MemberData(nameof(Projects))]
    public async Task It_serves_with_nothing_that_can_be_written_as_nobody_in_particular(string project)
    {
        var reason = await ConfinedProcess.WhyNotAsync();
        Assert.SkipWhen(reason is not null, reason ?? "");
        var image = await images.OfAsync(Program(project));
        var port = FreePort.Take();
        string[] environment = [$"ASPNETCORE_HTTP_PORTS={port}", "services__chat-1__http__0=http://localhost:1", "Chat__Drain__Seconds=0"];
        using var client = new HttpClient { BaseAddress = new Uri($"http://localhost:{port}") };

        await using var process = ConfinedProcess.Start(image, environment);
        await Eventually.Is("it is ready", async () => process.HasExited || await StatusAsync(client, "/health") == HttpStatusCode.OK);
        Assert.False(process.HasExited, "It ended at its start.");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(client, "/alive"));
        await using (var probe = ConfinedProcess.Start(image, environment, HealthProbe.Argument))
            Assert.Equal(0, await probe.ExitAsync());

        await process.TerminateAsync();
        var output = await process.OutputAsync();
        Assert.Contains("Application is shutting down", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Read-only file system", output, StringComparison.Ordinal);
        Assert.DoesNotContain("fail:", output, StringComparison.Ordinal);
        await using var late = ConfinedProcess.Start(image, environment, HealthProbe.Argument);
        Assert.Equal(1, await late.ExitAsync());
    }

    private static async Task<HttpStatusCode?> StatusAsync(HttpClient client, string path)
    {
        try
        {
            using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            return answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private static DeployedProgram Program(string project) => DeployedProgram.All.Single(program => program.Project == project);
}
