using System.Collections;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;

internal static class RedisCommands
{
    private const int PauseSeconds = 10;

    /// <summary>Gives Redis its faults: pause, flush, and drop the subscribers. To restart it is a command that every resource has.</summary>
    public static IResourceBuilder<RedisResource> WithFaultCommands(
        this IResourceBuilder<RedisResource> redis,
        IResourceBuilder<ProjectResource> gateway,
        IReadOnlyList<IResourceBuilder<ProjectResource>> chats,
        IResourceBuilder<ParameterResource> adminKey)
    {
        var anyInstance = new Administration(gateway, adminKey);
        var instances = chats.Select(chat => new Administration(chat, adminKey)).ToList();
        return redis
            .WithCommand("drop-subscribers", "Drop the subscribers", context => DropSubscribersAsync(instances, context.CancellationToken), new CommandOptions
            {
                Description = "Cuts the connection by which each instance hears from Redis. Each makes a new one; mode pubsub loses what is said meanwhile.",
                ConfirmationMessage = "Drop all subscribers? In mode pubsub what is said until they are back is lost.",
                IconName = "PlugDisconnected",
                IsHighlighted = true,
                UpdateState = CommandState.WhileRunning,
            })
            .WithCommand("pause", "Pause", context => PauseAsync(anyInstance, context), new CommandOptions
            {
                Description = $"Lets it answer nobody for {PauseSeconds} s; it goes on by itself.",
                ConfirmationMessage = $"Pause Redis for {PauseSeconds} s? Sends wait or are refused meanwhile.",
                IconName = "Pause",
                UpdateState = context => CanPause(context.ResourceSnapshot) ? CommandState.WhileRunning(context) : ResourceCommandState.Hidden,
            })
            .WithCommand("flush", "Flush", context => anyInstance.SendAsync(HttpMethod.Post, "/admin/faults/flush-redis", null, context.CancellationToken), new CommandOptions
            {
                Description = "Deletes all that it has: each room begins a new stream, and its members are told.",
                ConfirmationMessage = "Delete everything that Redis has? The history of all rooms is gone.",
                IconName = "Delete",
                UpdateState = CommandState.WhileRunning,
            });
    }

    private static async Task<ExecuteCommandResult> DropSubscribersAsync(IReadOnlyList<Administration> instances, CancellationToken cancellationToken)
    {
        var results = await Task.WhenAll(instances.Select(instance => instance.SendAsync(HttpMethod.Post, "/admin/faults/drop-subscribers", null, cancellationToken)));

        // One that does not run has no subscriber.
        return results.FirstOrDefault(result => result.Success) ?? results[0];
    }

    /// <summary>By Redis itself; where it cannot, as Garnet, and is a process of this machine, by stopping that.</summary>
    private static async Task<ExecuteCommandResult> PauseAsync(Administration anyInstance, ExecuteCommandContext context)
    {
        var result = await anyInstance.SendAsync(HttpMethod.Post, "/admin/faults/pause-redis", new { seconds = PauseSeconds }, context.CancellationToken);
        if (result.Success || !ProcessSignal.IsPossible || ProcessOf(context) is not { } process)
            return result;

        await ProcessSignal.SendAsync("STOP", process);
        _ = ContinueLaterAsync(process);
        return CommandResults.Success();
    }

    private static async Task ContinueLaterAsync(int process)
    {
        await Task.Delay(TimeSpan.FromSeconds(PauseSeconds), CancellationToken.None);
        await ProcessSignal.SendAsync("CONT", process);
    }

    /// <summary>Garnet does not know how, and on Windows there are no signals to stop it by.</summary>
    private static bool CanPause(CustomResourceSnapshot redis) =>
        ProcessSignal.IsPossible || !Property(redis, "executable.args").Contains("GarnetServer", StringComparison.Ordinal);

    private static int? ProcessOf(ExecuteCommandContext context) =>
        context.ServiceProvider.GetRequiredService<ResourceNotificationService>().TryGetCurrentState(context.ResourceName, out var redis)
        && int.TryParse(Property(redis.Snapshot, "executable.pid"), CultureInfo.InvariantCulture, out var process) ? process : null;

    private static string Property(CustomResourceSnapshot redis, string name) => redis.Properties.FirstOrDefault(property => property.Name == name)?.Value switch
    {
        string text => text,
        IEnumerable values => string.Join(' ', values.Cast<object?>()),
        var value => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
