using LocalAspire.Building;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Runs commands on resources: the one way in, for tests, the dashboard and other commands alike.</summary>
public class ResourceCommandService
{
    private readonly IServiceProvider _services;
    private readonly ResourceNotificationService _notifications;
    private readonly ResourceLoggerService _loggers;

    internal ResourceCommandService(IServiceProvider services, ResourceNotificationService notifications, ResourceLoggerService loggers)
    {
        _services = services;
        _notifications = notifications;
        _loggers = loggers;
    }

    /// <param name="resourceId">A resource's id or name.</param>
    public Task<ExecuteCommandResult> ExecuteCommandAsync(string resourceId, string commandName, CancellationToken cancellationToken = default) =>
        _notifications.TryGetCurrentState(resourceId, out var state)
            ? ExecuteCommandAsync(state.Resource, commandName, cancellationToken)
            : Task.FromResult(CommandResults.Failure($"There is no resource '{resourceId}'; there are {ModelErrors.List(_notifications.ResourceNames)}."));

    /// <summary>Never throws for what the command does: its failure is the answer.</summary>
    public async Task<ExecuteCommandResult> ExecuteCommandAsync(IResource resource, string commandName, CancellationToken cancellationToken = default)
    {
        var commands = resource.Annotations.OfType<ResourceCommandAnnotation>().ToList();
        if (commands.Find(command => command.Name == commandName) is not { } command)
            return CommandResults.Failure($"The resource '{resource.Name}' has no command '{commandName}'; it has {ModelErrors.List(commands.Select(c => c.Name))}.");

        var logger = _loggers.GetLogger(resource);
        try
        {
            var result = await command.ExecuteCommand(new ExecuteCommandContext
            {
                ServiceProvider = _services,
                ResourceName = resource.Name,
                CancellationToken = cancellationToken,
            });
            if (!result.Success && !result.Canceled)
                CommandLog.Failed(logger, command.Name, result.ErrorMessage);
            return result;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return CommandResults.Canceled();
        }
        catch (Exception e)
        {
            CommandLog.Threw(logger, e, command.Name);
            return CommandResults.Failure(e);
        }
    }
}

internal static partial class CommandLog
{
    [LoggerMessage(Level = LogLevel.Error, Message = "The command '{Command}' failed: {Reason}")]
    public static partial void Failed(ILogger logger, string command, string? reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The command '{Command}' failed.")]
    public static partial void Threw(ILogger logger, Exception exception, string command);
}
