using Microsoft.Extensions.DependencyInjection;

internal static class ModeCommands
{
    private static readonly (string Mode, string Description, string Icon)[] Modes =
    [
        ("local", "The bug: an instance relays to its own connections only.", "Bug"),
        ("pubsub", "The classic fix: relayed over a Redis channel, and lost where a subscriber blinks.", "Channel"),
        ("stream", "Each message has its place in the room's stream: nothing is lost silently.", "CheckmarkCircle"),
    ];

    /// <summary>Puts the three modes of the backplane, which are the app's and no instance's, on the gateway; the one that is on cannot be chosen.</summary>
    public static IResourceBuilder<ProjectResource> WithModeCommands(
        this IResourceBuilder<ProjectResource> gateway, IReadOnlyList<IResourceBuilder<ProjectResource>> chats, IResourceBuilder<ParameterResource> adminKey)
    {
        var services = gateway.ApplicationBuilder.Services;
        services.AddSingleton(provider => new ModeWatch(provider.GetRequiredService<ResourceNotificationService>(), gateway.Resource, [.. chats.Select(chat => chat.GetEndpoint("http"))]));
        services.AddHostedService(provider => provider.GetRequiredService<ModeWatch>());

        var administration = new Administration(gateway, adminKey);
        foreach (var (mode, description, icon) in Modes)
        {
            gateway.WithCommand($"mode-{mode}", $"Mode {mode}", context => SwitchAsync(mode, context), new CommandOptions
            {
                Description = description,
                ConfirmationMessage = mode == "local" ? "Switch to mode local? From then on members on other instances miss what is said." : null,
                IconName = icon,
                IsHighlighted = true,
                UpdateState = context => IsOn(mode, context) ? ResourceCommandState.Disabled : CommandState.WhileRunning(context),
            });
        }

        return gateway;

        async Task<ExecuteCommandResult> SwitchAsync(string mode, ExecuteCommandContext context)
        {
            var result = await administration.SendAsync(HttpMethod.Put, "/admin/backplane", new { mode }, context.CancellationToken);
            await context.ServiceProvider.GetRequiredService<ModeWatch>().LookAsync(context.CancellationToken);
            return result;
        }
    }

    private static bool IsOn(string mode, UpdateCommandStateContext context) => context.ServiceProvider.GetRequiredService<ModeWatch>().Mode == mode;
}
