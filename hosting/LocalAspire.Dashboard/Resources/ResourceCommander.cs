using Grpc.Core;
using LocalAspire.Protos.ResourceService.V1;

namespace LocalAspire.Dashboard.Resources;

/// <summary>Has the app host carry out commands.</summary>
internal sealed class ResourceCommander(ResourceServiceChannel channel, ILogger<ResourceCommander> logger)
{
    /// <summary>Never throws for what the host or the connection does: the outcome tells.</summary>
    public async Task<CommandOutcome> ExecuteAsync(AppResource resource, AppCommand command, CancellationToken cancellationToken)
    {
        if (channel.Client is not { } client) return new CommandOutcome(CommandResultKind.Failed, "No app host is connected.");

        try
        {
            var request = new ResourceCommandRequest { CommandName = command.Name, ResourceName = resource.Name, ResourceType = resource.Type };
            var response = await client.ExecuteResourceCommandAsync(request, channel.Headers, cancellationToken: cancellationToken);
            return response.Kind switch
            {
                ResourceCommandResponseKind.Succeeded => new CommandOutcome(CommandResultKind.Succeeded, null),
                ResourceCommandResponseKind.Cancelled => new CommandOutcome(CommandResultKind.Canceled, null),
                _ => new CommandOutcome(CommandResultKind.Failed, response.HasErrorMessage ? response.ErrorMessage : null),
            };
        }
        catch (RpcException exception)
        {
            logger.CommandFailed(command.Name, resource.Name, exception.StatusCode, exception.Status.Detail);
            return new CommandOutcome(CommandResultKind.Failed, $"The app host did not answer ({exception.StatusCode}).");
        }
    }
}
