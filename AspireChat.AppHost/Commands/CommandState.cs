/// <summary>When the app's own commands can be run.</summary>
internal static class CommandState
{
    public static ResourceCommandState WhileRunning(UpdateCommandStateContext context) =>
        IsRunning(context) ? ResourceCommandState.Enabled : ResourceCommandState.Disabled;

    public static bool IsRunning(UpdateCommandStateContext context) =>
        context.ResourceSnapshot.State?.Text is { } state && (state == KnownResourceStates.Running || state == KnownResourceStates.RuntimeUnhealthy);
}
