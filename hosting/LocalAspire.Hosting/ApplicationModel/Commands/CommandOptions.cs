namespace Aspire.Hosting.ApplicationModel;

/// <summary>How a command is shown, and when it can be run.</summary>
public class CommandOptions
{
    public string? Description { get; set; }

    public object? Parameter { get; set; }

    /// <summary>Asked before the command runs; null to run it at once.</summary>
    public string? ConfirmationMessage { get; set; }

    public string? IconName { get; set; }

    public IconVariant? IconVariant { get; set; }

    /// <summary>Shown with the resource itself, not in its menu.</summary>
    public bool IsHighlighted { get; set; }

    /// <summary>Asked at each change of the resource; null: always enabled. It must be quick and change nothing.</summary>
    public Func<UpdateCommandStateContext, ResourceCommandState>? UpdateState { get; set; }
}
