namespace Aspire.Hosting.ApplicationModel;

/// <summary>What a command is run with.</summary>
public sealed class ExecuteCommandContext
{
    public required IServiceProvider ServiceProvider { get; init; }

    public required string ResourceName { get; init; }

    public required CancellationToken CancellationToken { get; init; }
}
