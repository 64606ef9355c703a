namespace Aspire.Hosting.ApplicationModel;

/// <summary>A command that can be run on a resource.</summary>
internal sealed class ResourceCommandAnnotation(
    string name,
    string displayName,
    Func<ExecuteCommandContext, Task<ExecuteCommandResult>> executeCommand,
    CommandOptions options) : IResourceAnnotation
{
    public string Name { get; } = name;

    public string DisplayName { get; } = displayName;

    public Func<ExecuteCommandContext, Task<ExecuteCommandResult>> ExecuteCommand { get; } = executeCommand;

    public CommandOptions Options { get; } = options;

    public ResourceCommandSnapshot Describe(UpdateCommandStateContext context) => new(
        Name,
        Options.UpdateState?.Invoke(context) ?? ResourceCommandState.Enabled,
        DisplayName,
        Options.Description,
        Options.Parameter,
        Options.ConfirmationMessage,
        Options.IconName,
        Options.IconVariant,
        Options.IsHighlighted);
}
