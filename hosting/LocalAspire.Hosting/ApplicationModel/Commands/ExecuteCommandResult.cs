namespace Aspire.Hosting.ApplicationModel;

/// <summary>What came of a command.</summary>
public sealed class ExecuteCommandResult
{
    public required bool Success { get; init; }

    public bool Canceled { get; init; }

    /// <summary>For the person who ran it.</summary>
    public string? ErrorMessage { get; init; }
}
