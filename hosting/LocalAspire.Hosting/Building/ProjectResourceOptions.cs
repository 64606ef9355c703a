namespace Aspire.Hosting;

/// <summary>How a project is added.</summary>
public class ProjectResourceOptions
{
    /// <summary>Null for the first that runs the project.</summary>
    public string? LaunchProfileName { get; set; }

    /// <summary>Take neither variables nor endpoints from <c>launchSettings.json</c>.</summary>
    public bool ExcludeLaunchProfile { get; set; }
}
