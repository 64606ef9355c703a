namespace LocalAspire.Dashboard.Resources;

/// <summary>A resource of the app as the app host describes it. Immutable.</summary>
public sealed record AppResource
{
    /// <summary>Unique within the app; commands and console logs go by it.</summary>
    public required string Name { get; init; }

    public required string DisplayName { get; init; }

    /// <summary>Project, Container, Executable, Parameter, …</summary>
    public required string Type { get; init; }

    public string? State { get; init; }

    /// <summary>success, info, warn or error: how the host would have the state shown.</summary>
    public string? StateStyle { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? StoppedAt { get; init; }
    public IReadOnlyList<ResourceVariable> Environment { get; init; } = [];
    public IReadOnlyList<AppCommand> Commands { get; init; } = [];
    public IReadOnlyList<ResourceDetail> Properties { get; init; } = [];
    public IReadOnlyList<ResourceAddress> Addresses { get; init; } = [];
    public IReadOnlyList<ResourceVolume> Volumes { get; init; } = [];
    public IReadOnlyList<HealthCheckReport> HealthReports { get; init; } = [];
    public IReadOnlyList<ResourceRelation> Relations { get; init; } = [];
    public bool IsHidden { get; init; }
    public string? IconName { get; init; }

    public bool IsParameter => Type == "Parameter";

    /// <summary>The resource that it belongs under, if any.</summary>
    public string? Parent => Relations.FirstOrDefault(relation => relation.Type == ResourceRelation.Parent)?.ResourceName;

    public string? Property(string name) => Properties.FirstOrDefault(property => property.Name == name)?.Value;
}
