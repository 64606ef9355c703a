namespace LocalAspire.Dashboard.Resources;

/// <summary>How the dashboard stands with the app host.</summary>
public enum AppConnection
{
    /// <summary>No resource service is set: telemetry only.</summary>
    None,

    Connecting,
    Connected,

    /// <summary>It was connected and is trying again; what is shown may be old.</summary>
    Lost,
}
