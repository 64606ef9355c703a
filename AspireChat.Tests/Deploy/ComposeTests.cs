using System.Globalization;
using Microsoft.Extensions.Hosting;

namespace AspireChat.Tests.Deploy;

/// <summary>The compose file, held to what the programs really listen on, read and answer.</summary>
public sealed class ComposeTests
{
    /// <summary>Those of a service that Docker Compose knows, as far as they are used here.</summary>
    private static readonly string[] KnownKeys =
    [
        "cap_drop", "command", "depends_on", "environment", "healthcheck", "image", "mem_limit", "networks", "pids_limit", "ports", "profiles", "read_only",
        "restart", "security_opt", "stop_grace_period", "tmpfs", "ulimits", "user", "volumes",
    ];

    private readonly ComposeFile _file = new();

    private IEnumerable<(DeployedProgram Program, string Name, ComposeService Service)> Programs =>
        from service in _file.Services
        let program = service.Key.StartsWith("chat-", StringComparison.Ordinal) ? DeployedProgram.Chat : service.Key == "gateway" ? DeployedProgram.Gateway : null
        where program is not null
        select (program, service.Key, service.Value);

    [Fact]
    public void Our_programs_are_run_from_the_images_that_are_published() =>
        Assert.Equal(
            ["aspirechat/chat:latest", "aspirechat/chat:latest", "aspirechat/chat:latest", "aspirechat/gateway:latest"],
            Programs.Select(program =>
            {
                Assert.Equal($"{program.Program.Repository}:latest", program.Service.Image);
                Assert.Equal(DeployedProgram.User, program.Service.Text("user"));
                return program.Service.Image;
            }).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_key_is_one_that_Docker_Compose_knows() => Assert.Empty(_file.Services.Values.SelectMany(service => service.Keys).Except(KnownKeys));

    [Fact]
    public void Every_variable_is_one_that_the_program_reads_and_its_value_one_that_it_takes()
    {
        foreach (var (program, _, service) in Programs)
        {
            Assert.All(service.Environment.Keys, variable => Assert.True(program.Settings.Knows(variable), $"{program.Project} knows no {variable}."));
            Assert.Empty(program.Settings.ProblemsOf(service.Environment));
            Assert.Empty(program.VariablesOfTheAppModel.Except(service.Environment.Keys));
        }
    }

    [Fact]
    public void The_gateway_looks_for_the_instances_where_they_are()
    {
        var instances = Programs.Where(program => program.Program == DeployedProgram.Chat).ToList();

        Assert.All(instances, instance => Assert.Equal(instance.Name, instance.Service.Environment["Chat__Instance"]));
        Assert.Equal(
            instances.Select(instance => ($"services__{instance.Name}__http__0", $"http://{instance.Name}:{DeployedProgram.Port}")),
            _file.Services["gateway"].Environment.Where(variable => variable.Key.StartsWith("services__", StringComparison.Ordinal)).Select(variable => (variable.Key, variable.Value)));
        Assert.Equal(instances.Select(instance => instance.Name), _file.Services["gateway"].List("depends_on"));
    }

    [Fact]
    public void Every_container_is_asked_how_it_is_by_what_is_in_its_image()
    {
        Assert.All(Programs, program => Assert.Equal(["CMD", "dotnet", $"/app/{program.Program.Project}.dll", HealthProbe.Argument], program.Service.HealthCheck));
        Assert.Equal("CMD-SHELL", _file.Services["redis"].HealthCheck[0]);
    }

    [Fact]
    public void No_container_may_do_more_than_it_must()
    {
        foreach (var (name, service) in _file.Services)
        {
            Assert.True(service.List("cap_drop") is ["ALL"] && service.List("security_opt") is ["no-new-privileges:true"], $"{name} is not confined.");
            Assert.NotEmpty(service.Text("mem_limit"));
            Assert.All(service.List("ports"), port => Assert.StartsWith("127.0.0.1:", port, StringComparison.Ordinal));
            if (!service.IsOptional)
                Assert.Equal("true", service.Text("read_only"));
        }

        Assert.Equal(["gateway"], _file.Services.Where(service => !service.Value.IsOptional && service.Value.List("ports").Count > 0).Select(service => service.Key));
        Assert.EndsWith($":{DeployedProgram.Port}", _file.Services["gateway"].List("ports").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void Only_chat_servers_reach_Redis_and_only_the_gateway_reaches_them()
    {
        Assert.Equal(["redis"], _file.Services["redis"].List("networks"));
        Assert.Equal(["chat-1", "chat-2", "chat-3", "redis"], ServicesOn("redis"));
        Assert.Equal(["chat-1", "chat-2", "chat-3", "dashboard", "gateway"], ServicesOn("chat"));
        Assert.All(["chat", "redis"], network => Assert.Equal("true", _file.Networks[network]["internal"]));
    }

    [Fact]
    public void A_chat_server_has_drained_before_it_is_killed() =>
        Assert.All(
            Programs.Where(program => program.Program == DeployedProgram.Chat),
            program => Assert.InRange(
                double.Parse(program.Service.Environment["Chat__Drain__Seconds"], CultureInfo.InvariantCulture) + 10,
                0,
                double.Parse(program.Service.Text("stop_grace_period").TrimEnd('s'), CultureInfo.InvariantCulture)));

    [Fact]
    public void What_must_be_given_is_in_the_example_and_has_no_value_there()
    {
        var example = File.ReadAllLines(ComposeFile.ExamplePath).Where(line => line.Contains('=', StringComparison.Ordinal) && !line.StartsWith('#')).ToList();

        Assert.All(example, line => Assert.EndsWith("=", line, StringComparison.Ordinal));
        Assert.Subset(example.Select(line => line.TrimEnd('=')).ToHashSet(), ComposeFile.NeededVariables.ToHashSet());
    }

    [Fact]
    public async Task Docker_takes_it()
    {
        Assert.SkipUnless(await Tool.RunAsync("docker", ["compose", "version"]) is (0, _), "There is no 'docker compose' here.");

        var (exitCode, output) = await Tool.RunAsync("docker", ["compose", "-f", ComposeFile.Path, "--profile", "dashboard", "config", "--quiet"], ("REDIS_PASSWORD", "given"));

        Assert.True(exitCode == 0, output);
    }

    private IEnumerable<string> ServicesOn(string network) =>
        _file.Services.Where(service => service.Value.List("networks").Contains(network)).Select(service => service.Key).Order(StringComparer.Ordinal);
}
