namespace LocalAspire.Dashboard.Resources;

/// <summary>How a command ended.</summary>
public enum CommandResultKind
{
    Succeeded,
    Failed,
    Canceled,
}

/// <summary>How a command ended, and the host's words on a failure.</summary>
public readonly record struct CommandOutcome(CommandResultKind Kind, string? Error);
