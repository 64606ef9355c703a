namespace LocalAspire.Dashboard.Resources;

/// <summary>An environment variable of a resource's process. Its value may be a secret: it is shown on request only.</summary>
/// <param name="IsFromSpec">True where the app model set it, false where it was inherited.</param>
public sealed record ResourceVariable(string Name, string Value, bool IsFromSpec);

/// <summary>One thing that the host tells of a resource, beyond the fixed ones.</summary>
public sealed record ResourceDetail(string Name, string DisplayName, string Value, bool IsSensitive)
{
    /// <summary>What a host calls by a key is shown under a name.</summary>
    public static string NameOf(string key) => key switch
    {
        "project.path" => "Project",
        "executable.path" => "Program",
        "executable.args" => "Arguments",
        "executable.workDir" => "Working directory",
        "executable.pid" => "Process",
        "container.image" => "Image",
        "container.id" => "Container",
        _ => key,
    };
}

/// <summary>Where a resource is reached. An inactive one is known but not served at present.</summary>
public sealed record ResourceAddress(string EndpointName, string Url, string DisplayName, int Order, bool IsInternal, bool IsInactive)
{
    public string Text => DisplayName.Length > 0 ? DisplayName : Url;

    /// <summary>True where a browser can open it: redis:// is an address too, and so would javascript: be.</summary>
    public bool CanOpen => Uri.TryCreate(Url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";
}

/// <summary>A directory or file that a container sees.</summary>
public sealed record ResourceVolume(string Source, string Target, string MountType, bool IsReadOnly);

/// <summary>A relation to another resource.</summary>
public sealed record ResourceRelation(string ResourceName, string Type)
{
    public const string Parent = "Parent";
    public const string Reference = "Reference";
    public const string WaitFor = "WaitFor";
}

/// <summary>What a health check found last; no status until it has run.</summary>
public sealed record HealthCheckReport(string Key, HealthState? Status, string Description, string Exception, DateTimeOffset? LastRunAt);
