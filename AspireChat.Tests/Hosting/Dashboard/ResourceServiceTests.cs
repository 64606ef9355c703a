using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Grpc.Core;
using Grpc.Net.Client;
using LocalAspire.Dashboard;
using LocalAspire.Protos.ResourceService.V1;
using Microsoft.Extensions.DependencyInjection;
using Resource = LocalAspire.Protos.ResourceService.V1.Resource;

namespace AspireChat.Tests.Hosting.Dashboard;

/// <summary>The resource contract as a plain gRPC client sees it.</summary>
public sealed class ResourceServiceTests
{
    private const string Key = "the-key";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_dashboard_is_told_all_resources_first_and_then_each_change()
    {
        await using var host = await StartAsync();
        using var call = host.Client.WatchResources(new WatchResourcesRequest(), host.Headers, cancellationToken: Cancellation);

        Assert.True(await call.ResponseStream.MoveNext(Cancellation));
        var initial = call.ResponseStream.Current.InitialData;
        Assert.Equal(["greeting", "sleeper", "token"], initial.Resources.Select(resource => resource.DisplayName).Order(StringComparer.Ordinal));
        Assert.Equal((true, "s3cret"), Value(initial.Resources.Single(resource => resource.DisplayName == "token")));
        Assert.Equal((false, "hello"), Value(initial.Resources.Single(resource => resource.DisplayName == "greeting")));

        var running = await UntilAsync(call, "sleeper", resource => resource.State == "Running");
        Assert.Equal(("Executable", "success"), (running.ResourceType, running.StateStyle));
        Assert.StartsWith("sleeper-", running.Name, StringComparison.Ordinal);
        Assert.NotNull(running.StartedAt);
        Assert.Contains(running.Properties, property => property.Name == "executable.path");
        Assert.Contains(running.Environment, variable => variable is { Name: "GREETING", Value: "hello" });
        Assert.Contains(running.Commands, command => command is { Name: "resource-stop" or "stop", State: LocalAspire.Protos.ResourceService.V1.ResourceCommandState.Enabled });
    }

    [Fact]
    public async Task A_command_is_carried_out_and_one_that_is_not_there_fails_with_the_reason()
    {
        await using var host = await StartAsync();
        using var call = host.Client.WatchResources(new WatchResourcesRequest(), host.Headers, cancellationToken: Cancellation);
        var sleeper = await UntilAsync(call, "sleeper", resource => resource.State == "Running");

        var wave = await host.Client.ExecuteResourceCommandAsync(new ResourceCommandRequest { ResourceName = sleeper.Name, CommandName = "wave" }, host.Headers, cancellationToken: Cancellation);
        Assert.Equal(ResourceCommandResponseKind.Succeeded, wave.Kind);

        var refuse = await host.Client.ExecuteResourceCommandAsync(new ResourceCommandRequest { ResourceName = sleeper.Name, CommandName = "refuse" }, host.Headers, cancellationToken: Cancellation);
        Assert.Equal((ResourceCommandResponseKind.Failed, "Not today."), (refuse.Kind, refuse.ErrorMessage));

        var unknown = await host.Client.ExecuteResourceCommandAsync(new ResourceCommandRequest { ResourceName = "nobody", CommandName = "wave" }, host.Headers, cancellationToken: Cancellation);
        Assert.Equal((ResourceCommandResponseKind.Failed, "There is no resource 'nobody'."), (unknown.Kind, unknown.ErrorMessage));
    }

    [Fact]
    public async Task Console_lines_come_with_numbers_and_times_and_end_where_following_was_not_asked_for()
    {
        await using var host = await StartAsync();
        using var resources = host.Client.WatchResources(new WatchResourcesRequest(), host.Headers, cancellationToken: Cancellation);
        var sleeper = await UntilAsync(resources, "sleeper", resource => resource.State == "Running");

        using var follow = host.Client.WatchResourceConsoleLogs(new WatchResourceConsoleLogsRequest { ResourceName = sleeper.Name }, host.Headers, cancellationToken: Cancellation);
        Assert.True(await follow.ResponseStream.MoveNext(Cancellation));
        var line = follow.ResponseStream.Current.LogLines[0];
        Assert.Equal(1, line.LineNumber);
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\S+Z ", line.Text);

        using var once = host.Client.WatchResourceConsoleLogs(new WatchResourceConsoleLogsRequest { ResourceName = sleeper.Name, SuppressFollow = true }, host.Headers, cancellationToken: Cancellation);
        Assert.True(await once.ResponseStream.MoveNext(Cancellation));
        Assert.False(await once.ResponseStream.MoveNext(Cancellation));

        using var nobody = host.Client.WatchResourceConsoleLogs(new WatchResourceConsoleLogsRequest { ResourceName = "nobody" }, host.Headers, cancellationToken: Cancellation);
        var missing = await Assert.ThrowsAsync<RpcException>(() => nobody.ResponseStream.MoveNext(Cancellation));
        Assert.Equal(StatusCode.NotFound, missing.StatusCode);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("wrong")]
    public async Task Without_the_key_nothing_is_told(string? key)
    {
        await using var host = await StartAsync();
        var headers = new Metadata();
        if (key is not null) headers.Add("x-resource-service-api-key", key);

        var refused = await Assert.ThrowsAsync<RpcException>(async () => await host.Client.GetApplicationInformationAsync(new ApplicationInformationRequest(), headers, cancellationToken: Cancellation));

        Assert.Equal(StatusCode.Unauthenticated, refused.StatusCode);
    }

    private static async Task<Resource> UntilAsync(AsyncServerStreamingCall<WatchResourcesUpdate> call, string displayName, Func<Resource, bool> condition)
    {
        while (await call.ResponseStream.MoveNext(Cancellation))
        {
            var update = call.ResponseStream.Current;
            var resources = update.InitialData?.Resources.ToList() ?? [.. update.Changes.Value.Select(change => change.Upsert)];
            if (resources.Find(resource => resource.DisplayName == displayName && condition(resource)) is { } found) return found;
        }

        throw new InvalidOperationException($"The watch ended before '{displayName}' was as awaited.");
    }

    private static (bool IsSensitive, string Value) Value(Resource parameter)
    {
        var value = parameter.Properties.Single(property => property.Name == "Value");
        return (value.IsSensitive, value.Value.StringValue);
    }

    private static async Task<ServedApp> StartAsync() => new(await HostedApp.StartAsync(
        builder =>
        {
            builder.AddParameter("greeting", "hello");
            builder.AddParameter("token", "s3cret", secret: true);
            builder.AddShell("sleeper")
                .WithEnvironment("GREETING", "hello")
                .WithCommand("wave", "Wave", _ => Task.FromResult(CommandResults.Success()))
                .WithCommand("refuse", "Refuse", _ => Task.FromResult(CommandResults.Failure("Not today.")));
        },
        "--ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL=http://localhost:0",
        $"--AppHost:ResourceService:ApiKey={Key}"));

    private sealed class ServedApp(HostedApp host) : IAsyncDisposable
    {
        private readonly GrpcChannel _channel = GrpcChannel.ForAddress(host.App.Services.GetRequiredService<ResourceServiceServer>().Address);

        public DashboardService.DashboardServiceClient Client => new(_channel);

        public Metadata Headers { get; } = new() { { "x-resource-service-api-key", Key } };

        public async ValueTask DisposeAsync()
        {
            _channel.Dispose();
            await host.DisposeAsync();
        }
    }
}
