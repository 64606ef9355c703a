internal static class ChatServerCommands
{
    /// <summary>Gives a chat server the faults that it can be asked for: drain, kill, pause, and resume before a pause is over.</summary>
    public static IResourceBuilder<ProjectResource> WithFaultCommands(this IResourceBuilder<ProjectResource> chat, IResourceBuilder<ParameterResource> adminKey)
    {
        var name = chat.Resource.Name;
        var administration = new Administration(chat, adminKey);
        var pause = new InstancePause(administration);
        return chat
            .WithCommand("drain", "Drain", context => administration.SendAsync(HttpMethod.Post, "/admin/faults/drain", null, context.CancellationToken), new CommandOptions
            {
                Description = "Moves its clients to other instances; it takes no more until it is restarted.",
                ConfirmationMessage = $"Drain {name}? Its clients are sent to other instances, and it takes no more until it is restarted.",
                IconName = "ArrowExit",
                IsHighlighted = true,
                UpdateState = CommandState.WhileRunning,
            })
            .WithCommand("kill", "Kill", context => administration.SendAsync(HttpMethod.Post, "/admin/faults/exit", null, context.CancellationToken), new CommandOptions
            {
                Description = "Ends it as kill -9 does, without a word to its clients.",
                ConfirmationMessage = $"Kill {name}? Its clients lose their connections without a word.",
                IconName = "DismissCircle",
                IsHighlighted = true,
                UpdateState = CommandState.WhileRunning,
            })
            .WithCommand("pause", "Pause", context => pause.BeginAsync(context.CancellationToken), new CommandOptions
            {
                Description = $"Stops the process in its tracks for {InstancePause.Seconds} s, its connections open; it goes on by itself.",
                ConfirmationMessage = $"Pause {name} for {InstancePause.Seconds} s? Its clients hear nothing meanwhile.",
                IconName = "Pause",
                UpdateState = CommandState.WhileRunning,
            })
            .WithCommand("resume", "Resume", _ => pause.EndAsync(), new CommandOptions
            {
                Description = "Ends a pause before its time.",
                IconName = "Play",
                UpdateState = CommandState.WhileRunning,
            });
    }
}
