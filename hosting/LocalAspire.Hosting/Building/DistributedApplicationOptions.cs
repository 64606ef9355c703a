namespace Aspire.Hosting;

/// <summary>How an app is built.</summary>
public sealed class DistributedApplicationOptions
{
    /// <summary>The command line, read as configuration.</summary>
    public string[]? Args { get; set; }
}
