using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using LocalAspire.Orchestration;
using Microsoft.Extensions.DependencyInjection;

namespace LocalAspire.Processes;

/// <summary>How a resource becomes a process. It is asked at each start; null where the resource runs elsewhere already.</summary>
internal sealed class LaunchAnnotation(string resourceType, Func<IServiceProvider, LaunchSpec?> launch) : IResourceAnnotation
{
    /// <summary>As it is shown.</summary>
    public string ResourceType { get; } = resourceType;

    /// <exception cref="DistributedApplicationException">It cannot be started; the message says why.</exception>
    public Func<IServiceProvider, LaunchSpec?> Launch { get; } = launch;
}

internal static class LaunchExtensions
{
    /// <summary>Makes the resource a process that can be started, stopped and restarted.</summary>
    public static IResourceBuilder<T> RunsAs<T>(this IResourceBuilder<T> builder, string resourceType, Func<IServiceProvider, LaunchSpec?> launch)
        where T : IResource =>
        builder.WithAnnotation(new LaunchAnnotation(resourceType, launch))
            .WithLifecycleCommands();

    private static IResourceBuilder<T> WithLifecycleCommands<T>(this IResourceBuilder<T> builder) where T : IResource
    {
        var resource = builder.Resource;
        return builder
            .WithCommand(KnownResourceCommands.StartCommand, "Start", context => Of(context).StartAsync(context.CancellationToken), new CommandOptions
            {
                Description = "Start the resource.",
                IconName = "Play",
                IsHighlighted = true,
                UpdateState = context => Available(IsStopped(context), elseState: ResourceCommandState.Hidden),
            })
            .WithCommand(KnownResourceCommands.StopCommand, "Stop", context => Of(context).StopAsync(context.CancellationToken), new CommandOptions
            {
                Description = "Stop the resource.",
                IconName = "Stop",
                IsHighlighted = true,
                UpdateState = context => Available(!IsStopped(context), elseState: ResourceCommandState.Hidden),
            })
            .WithCommand(KnownResourceCommands.RestartCommand, "Restart", context => Of(context).RestartAsync(context.CancellationToken), new CommandOptions
            {
                Description = "Stop the resource, and start it again.",
                IconName = "ArrowCounterclockwise",
                UpdateState = context => Available(context.ResourceSnapshot.State?.Text == KnownResourceStates.Running, elseState: ResourceCommandState.Disabled),
            });

        ResourceSupervisor Of(ExecuteCommandContext context) => context.ServiceProvider.GetRequiredService<ResourceSupervisors>()[resource];
    }

    private static bool IsStopped(UpdateCommandStateContext context) =>
        context.ResourceSnapshot.State?.Text is not { } state || state == KnownResourceStates.NotStarted || KnownResourceStates.TerminalStates.Contains(state);

    private static ResourceCommandState Available(bool condition, ResourceCommandState elseState) =>
        condition ? ResourceCommandState.Enabled : elseState;
}
