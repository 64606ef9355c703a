namespace LocalAspire.Dashboard.Resources;

/// <summary>From best to worst.</summary>
public enum HealthState
{
    Healthy,
    Degraded,
    Unhealthy,
}
