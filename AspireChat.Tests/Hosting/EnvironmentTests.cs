using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using LocalAspire.Orchestration;
using LocalAspire.Processes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace AspireChat.Tests.Hosting;

public sealed class EnvironmentTests
{
    [Fact]
    public async Task A_project_is_told_where_to_listen_and_what_it_is_run_for()
    {
        await using var app = await StartAsync(builder => builder.AddProject<Projects.AspireChat_ChatServer>("chat", launchProfileName: null).WithHttpEndpoint().WithExplicitStart());

        var variables = await VariablesOfAsync(app, "chat");

        Assert.Equal($"http://localhost:{app.App.GetEndpoint("chat").Port}", variables["ASPNETCORE_URLS"]);
        Assert.Equal("Development", variables["ASPNETCORE_ENVIRONMENT"]);
        Assert.Equal("Development", variables["DOTNET_ENVIRONMENT"]);
        Assert.Equal("simple", variables["LOGGING__CONSOLE__FORMATTERNAME"]);
        Assert.DoesNotContain(variables.Keys, name => name.StartsWith("OTEL_", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_project_sends_its_telemetry_to_the_address_that_is_set()
    {
        await using var app = await StartAsync(
            builder => builder.AddProject<Projects.AspireChat_ChatServer>("chat", launchProfileName: null).WithExplicitStart(),
            "--LocalAspire:Otlp:Endpoint=http://localhost:4317",
            "--LocalAspire:Otlp:ApiKey=sesame");

        var variables = await VariablesOfAsync(app, "chat");

        Assert.Equal("http://localhost:4317", variables["OTEL_EXPORTER_OTLP_ENDPOINT"]);
        Assert.Equal("grpc", variables["OTEL_EXPORTER_OTLP_PROTOCOL"]);
        Assert.Equal("x-otlp-api-key=sesame", variables["OTEL_EXPORTER_OTLP_HEADERS"]);
        Assert.Equal("chat", variables["OTEL_SERVICE_NAME"]);
        Assert.Equal("1000", variables["OTEL_BSP_SCHEDULE_DELAY"]);
        Assert.Equal("1000", variables["OTEL_BLRP_SCHEDULE_DELAY"]);
        Assert.Equal("1000", variables["OTEL_METRIC_EXPORT_INTERVAL"]);
        Assert.Equal("always_on", variables["OTEL_TRACES_SAMPLER"]);
        Assert.Equal("trace_based", variables["OTEL_METRICS_EXEMPLAR_FILTER"]);

        Assert.True(app.App.ResourceNotifications.TryGetCurrentState("chat", out var state));
        Assert.Equal($"service.instance.id={state.ResourceId["chat-".Length..]}", variables["OTEL_RESOURCE_ATTRIBUTES"]);
    }

    [Fact]
    public async Task References_become_addresses_and_connection_strings()
    {
        await using var app = await StartAsync(
            builder =>
            {
                var chat = builder.AddProject<Projects.AspireChat_ChatServer>("chat-1", launchProfileName: null)
                    .WithHttpEndpoint().WithHttpEndpoint(name: "admin").WithExplicitStart();
                builder.AddShell("gateway")
                    .WithReference(chat)
                    .WithReference(chat.GetEndpoint("http"))
                    .WithReference(builder.AddConnectionString("orders"))
                    .WithReference(builder.AddConnectionString("stock"), connectionName: "Store")
                    .WithReference(builder.AddConnectionString("missing"), optional: true)
                    .WithExplicitStart();
            },
            "--ConnectionStrings:orders=host:1",
            "--ConnectionStrings:stock=host:2");

        var variables = await VariablesOfAsync(app, "gateway");

        Assert.Equal(
            new Dictionary<string, string>
            {
                ["services__chat-1__http__0"] = app.App.GetEndpoint("chat-1", "http").ToString().TrimEnd('/'),
                ["services__chat-1__http__1"] = app.App.GetEndpoint("chat-1", "admin").ToString().TrimEnd('/'),
                ["ConnectionStrings__orders"] = "host:1",
                ["ConnectionStrings__Store"] = "host:2",
            },
            variables);
    }

    [Fact]
    public async Task Variables_come_from_texts_callbacks_parameters_and_endpoints_and_the_last_word_counts()
    {
        var asked = 0;
        await using var app = await StartAsync(builder =>
        {
            var shell = builder.AddShell("shell").WithHttpEndpoint();
            shell.WithEnvironment("TEXT", "one")
                .WithEnvironment("EMPTY", (string?)null)
                .WithEnvironment("ASKED", () => $"{++asked}")
                .WithEnvironment("KEY", builder.AddParameter("key", "sesame", secret: true))
                .WithEnvironment("HERE", shell.GetEndpoint("http"))
                .WithEnvironment(context => context.EnvironmentVariables["TEXT"] = $"{context.EnvironmentVariables["TEXT"]} two {context.Resource.Name}")
                .WithExplicitStart();
        });

        var first = await VariablesOfAsync(app, "shell");
        var second = await VariablesOfAsync(app, "shell");

        Assert.Equal(("one two shell", "", "1", "sesame"), (first["TEXT"], first["EMPTY"], first["ASKED"], first["KEY"]));
        Assert.Equal(app.App.GetEndpoint("shell").ToString().TrimEnd('/'), first["HERE"]);
        Assert.Equal("2", second["ASKED"]);
    }

    [Fact]
    public async Task A_process_gets_the_variables_that_the_snapshot_shows()
    {
        await using var app = await StartAsync(builder => builder.AddShell("shell", "echo \"$GREETING\"").WithEnvironment("GREETING", "hello  world"));

        var ended = await app.UntilAsync("shell", KnownResourceStates.Finished);

        Assert.Contains("hello  world", app.LogOf("shell"));
        Assert.Contains(new EnvironmentVariableSnapshot("GREETING", "hello  world", IsFromSpec: true), ended.Snapshot.EnvironmentVariables);
    }

    [Fact]
    public void What_is_about_the_app_host_alone_is_not_inherited()
    {
        var variables = new Dictionary<string, string?>
        {
            ["ASPNETCORE_URLS"] = "http://localhost:1",
            ["ASPNETCORE_ENVIRONMENT"] = "Staging",
            ["DOTNET_ENVIRONMENT"] = "Staging",
            ["DOTNET_LAUNCH_PROFILE"] = "AppHost",
            ["PATH"] = "/bin",
        };

        InheritedEnvironment.Restrict(variables);

        Assert.Equal(["PATH"], variables.Keys);
    }

    private static Task<HostedApp> StartAsync(Action<IDistributedApplicationBuilder> configure, params string[] args) => HostedApp.StartAsync(configure, args);

    /// <summary>Works them out as a start does, without one.</summary>
    private static Task<Dictionary<string, string>> VariablesOfAsync(HostedApp app, string name)
    {
        var services = app.App.Services;
        var resource = services.GetRequiredService<IResourceCollection>().Single(resource => resource.Name == name);
        return StartingEnvironment.OfAsync(resource, services.GetRequiredService<DistributedApplicationExecutionContext>(), NullLogger.Instance, TestContext.Current.CancellationToken);
    }
}
