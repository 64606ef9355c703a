namespace Aspire.Hosting;

/// <summary>How an app is built.</summary>
public sealed class DistributedApplicationOptions
{
    /// <summary>The command line, read as configuration.</summary>
    public string[]? Args { get; set; }

    /// <summary>The app host's assembly, where it is not the one that was started.</summary>
    public string? AssemblyName { get; set; }

    /// <summary>The app host's directory, where it is not its project's.</summary>
    public string? ProjectDirectory { get; set; }

    public bool DisableDashboard { get; set; }
}
