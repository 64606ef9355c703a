using Aspire.Hosting.ApplicationModel;
using Grpc.Core;
using LocalAspire.Protos.ResourceService.V1;

namespace LocalAspire.Dashboard;

/// <summary>Aspire's resource service over this host's notifications, logs and commands.</summary>
internal sealed class ResourceService(
    string applicationName, ResourceNotificationService notifications, ResourceLoggerService loggers, ResourceCommandService commands)
    : DashboardService.DashboardServiceBase
{
    public override Task<ApplicationInformationResponse> GetApplicationInformation(ApplicationInformationRequest request, ServerCallContext context) =>
        Task.FromResult(new ApplicationInformationResponse { ApplicationName = applicationName });

    public override async Task WatchResources(WatchResourcesRequest request, IServerStreamWriter<WatchResourcesUpdate> responseStream, ServerCallContext context)
    {
        // What the watch tells first, the present states, may repeat what the initial data say; a gap between the two there is not.
        var changes = notifications.WatchAsync(context.CancellationToken).GetAsyncEnumerator(context.CancellationToken);
        await using (changes)
        {
            var next = changes.MoveNextAsync();
            await responseStream.WriteAsync(new WatchResourcesUpdate { InitialData = Initial() }, context.CancellationToken);
            try
            {
                while (await next)
                {
                    if (IsShown(changes.Current)) await responseStream.WriteAsync(Change(changes.Current), context.CancellationToken);
                    next = changes.MoveNextAsync();
                }
            }
            catch (OperationCanceledException) when (context.CancellationToken.IsCancellationRequested)
            {
                // The dashboard has gone, or the host goes.
            }
        }
    }

    public override async Task WatchResourceConsoleLogs(
        WatchResourceConsoleLogsRequest request, IServerStreamWriter<WatchResourceConsoleLogsUpdate> responseStream, ServerCallContext context)
    {
        if (Find(request.ResourceName) is not { } state)
            throw new RpcException(new Status(StatusCode.NotFound, $"There is no resource '{request.ResourceName}'."));

        var log = loggers.Log(state.Resource.Name);
        if (request.SuppressFollow)
        {
            await WriteAsync(log.Tail(int.MaxValue));
            return;
        }

        try
        {
            await foreach (var lines in log.WatchAsync(context.CancellationToken)) await WriteAsync(lines);
        }
        catch (OperationCanceledException) when (context.CancellationToken.IsCancellationRequested)
        {
            // As above.
        }

        Task WriteAsync(IReadOnlyList<LogLine> lines) => responseStream.WriteAsync(
            new WatchResourceConsoleLogsUpdate { LogLines = { lines.Select(line => new ConsoleLogLine { LineNumber = line.LineNumber, Text = line.Content, IsStdErr = line.IsErrorMessage }) } },
            context.CancellationToken);
    }

    public override async Task<ResourceCommandResponse> ExecuteResourceCommand(ResourceCommandRequest request, ServerCallContext context)
    {
        var result = Find(request.ResourceName) is { } state
            ? await commands.ExecuteCommandAsync(state.Resource, request.CommandName, context.CancellationToken)
            : CommandResults.Failure($"There is no resource '{request.ResourceName}'.");
        var response = new ResourceCommandResponse
        {
            Kind = result.Success ? ResourceCommandResponseKind.Succeeded
                : result.Canceled ? ResourceCommandResponseKind.Cancelled
                : ResourceCommandResponseKind.Failed,
        };
        if (result.ErrorMessage is { } message) response.ErrorMessage = message;
        return response;
    }

    /// <summary>This host asks nothing of anybody: open and silent until the dashboard ends it.</summary>
    public override async Task WatchInteractions(
        IAsyncStreamReader<WatchInteractionsRequestUpdate> requestStream, IServerStreamWriter<WatchInteractionsResponseUpdate> responseStream, ServerCallContext context)
    {
        try
        {
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
        }
        catch (OperationCanceledException) when (context.CancellationToken.IsCancellationRequested)
        {
            // As above.
        }
    }

    /// <summary>The dashboard's own process is nobody's business: its environment holds the keys.</summary>
    private static bool IsShown(ResourceEvent state) => state.Resource is not DashboardResource;

    private static WatchResourcesUpdate Change(ResourceEvent state) =>
        new() { Changes = new WatchResourcesChanges { Value = { new WatchResourcesChange { Upsert = ResourceWriter.Write(state) } } } };

    private InitialResourceData Initial()
    {
        var initial = new InitialResourceData();
        foreach (var name in notifications.ResourceNames)
            if (Find(name) is { } state) initial.Resources.Add(ResourceWriter.Write(state));

        foreach (var type in initial.Resources.Select(resource => resource.ResourceType).Distinct())
            initial.ResourceTypes.Add(new ResourceType { UniqueName = type, DisplayName = type });
        return initial;
    }

    private ResourceEvent? Find(string name) => notifications.TryGetCurrentState(name, out var state) && IsShown(state) ? state : null;
}
