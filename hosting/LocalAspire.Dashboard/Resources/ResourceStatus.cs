namespace LocalAspire.Dashboard.Resources;

/// <summary>State and health in one look.</summary>
public enum StatusTone
{
    Neutral,
    Good,
    Busy,
    Warning,
    Bad,
}

/// <summary>How a resource does, in the words and the tone in which it is shown.</summary>
public readonly record struct ResourceStatus(string Text, StatusTone Tone)
{
    public static ResourceStatus Of(AppResource resource)
    {
        var health = WorstHealth(resource);
        var (state, style) = (resource.State ?? "Unknown", resource.StateStyle);
        return (state, style) switch
        {
            ("Running", "error") => new ResourceStatus(state, StatusTone.Bad),
            ("Running", "warn") => new ResourceStatus(state, StatusTone.Warning),
            ("Running", _) when health is HealthState.Unhealthy => new ResourceStatus("Unhealthy", StatusTone.Bad),
            ("Running", _) when health is HealthState.Degraded => new ResourceStatus("Degraded", StatusTone.Warning),
            ("Running", _) when resource.HealthReports.Any(report => report.Status is null) => new ResourceStatus("Checking health", StatusTone.Busy),
            ("Running" or "Active", _) => new ResourceStatus(state, StatusTone.Good),
            ("FailedToStart", _) => new ResourceStatus("Failed to start", StatusTone.Bad),
            ("RuntimeUnhealthy", _) => new ResourceStatus("Runtime unhealthy", StatusTone.Bad),
            ("NotStarted", _) => new ResourceStatus("Not started", StatusTone.Neutral),
            ("Starting" or "Waiting" or "Building" or "Stopping", _) => new ResourceStatus(state, StatusTone.Busy),
            ("Exited", _) when resource.Property("resource.exitCode") is { } code and not "0" => new ResourceStatus($"Exited ({code})", StatusTone.Bad),
            (_, "error") => new ResourceStatus(state, StatusTone.Bad),
            (_, "warn") => new ResourceStatus(state, StatusTone.Warning),
            (_, "success") => new ResourceStatus(state, StatusTone.Good),
            _ => new ResourceStatus(state, StatusTone.Neutral),
        };
    }

    public static HealthState? WorstHealth(AppResource resource) => resource.HealthReports.Max(report => report.Status);
}
