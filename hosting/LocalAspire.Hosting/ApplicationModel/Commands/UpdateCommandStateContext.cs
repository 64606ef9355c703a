namespace Aspire.Hosting.ApplicationModel;

/// <summary>What tells whether a command can be run.</summary>
public sealed class UpdateCommandStateContext
{
    public required CustomResourceSnapshot ResourceSnapshot { get; init; }

    public required IServiceProvider ServiceProvider { get; init; }
}
