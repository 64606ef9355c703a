using Google.Protobuf.WellKnownTypes;
using LocalAspire.Protos.ResourceService.V1;

namespace AspireChat.Tests.Dashboard;

/// <summary>The resources of the chat app as its host would describe them.</summary>
internal static class SampleResources
{
    public static IEnumerable<Resource> All(DateTimeOffset startedAt)
    {
        yield return Redis(startedAt);
        foreach (var name in SampleTelemetry.Instances) yield return Chat(name, startedAt);
        yield return Gateway(startedAt);
        yield return Parameter("admin-key", "0c6d1a6f", isSecret: true);
        yield return Parameter("instances", "3", isSecret: false);
    }

    public static Resource Chat(string name, DateTimeOffset startedAt, string state = "Running")
    {
        var number = name[^1] - '0';
        var resource = Running(name, "Project", startedAt, state);
        resource.Urls.Add(new Url { EndpointName = "http", FullUrl = $"http://localhost:{5100 + number}" });
        resource.Properties.Add(Property("project.path", "/src/AspireChat.ChatServer/AspireChat.ChatServer.csproj"));
        resource.Properties.Add(Property("executable.pid", (41000 + number).ToString(System.Globalization.CultureInfo.InvariantCulture)));
        resource.HealthReports.Add(new HealthReport { Key = $"{name}_/health_200_check", Status = HealthStatus.Healthy, Description = "Redis reached, the probe heard.", LastRunAt = Timestamp.FromDateTimeOffset(startedAt.AddSeconds(30)) });
        resource.Relationships.Add(new ResourceRelationship { ResourceName = "redis", Type = "Reference" });
        resource.Relationships.Add(new ResourceRelationship { ResourceName = "redis", Type = "WaitFor" });
        resource.Environment.Add(new EnvironmentVariable { Name = "ConnectionStrings__redis", Value = "localhost:6379,password=s3cret!", IsFromSpec = true });
        resource.Environment.Add(new EnvironmentVariable { Name = "Chat__Instance", Value = name, IsFromSpec = true });
        resource.Environment.Add(new EnvironmentVariable { Name = "PATH", Value = "/usr/bin:/bin", IsFromSpec = false });
        resource.Commands.Add(new ResourceCommand { Name = "drain", DisplayName = "Drain", DisplayDescription = "Asks its clients to go elsewhere, then ends.", ConfirmationMessage = $"Drain {name}? Its clients reconnect elsewhere.", IsHighlighted = true, IconName = "ArrowExit" });
        resource.Commands.Add(new ResourceCommand { Name = "kill", DisplayName = "Kill", DisplayDescription = "Ends the process at once.", ConfirmationMessage = $"Kill {name}?", IconName = "Skull" });
        resource.Commands.Add(new ResourceCommand { Name = "resource-stop", DisplayName = "Stop" });
        resource.Commands.Add(new ResourceCommand { Name = "resource-start", DisplayName = "Start", State = ResourceCommandState.Disabled });
        return resource;
    }

    private static Resource Redis(DateTimeOffset startedAt)
    {
        var resource = Running("redis", "Container", startedAt, "Running");
        resource.IconName = "Database";
        resource.Urls.Add(new Url { EndpointName = "tcp", FullUrl = "tcp://localhost:6379" });
        resource.Properties.Add(Property("executable.path", "/usr/bin/redis-server"));
        resource.Properties.Add(Property("executable.args", "--port 6379 --bind 127.0.0.1"));
        resource.HealthReports.Add(new HealthReport { Key = "redis_ping", Status = HealthStatus.Healthy, Description = "PONG" });
        resource.Commands.Add(new ResourceCommand { Name = "pause", DisplayName = "Pause 10 s", ConfirmationMessage = "Pause Redis for 10 seconds?", IsHighlighted = true, IconName = "Pause" });
        return resource;
    }

    private static Resource Gateway(DateTimeOffset startedAt)
    {
        var resource = Running("gateway", "Project", startedAt, "Running");
        resource.Urls.Add(new Url { EndpointName = "http", FullUrl = "http://localhost:5100", DisplayProperties = new UrlDisplayProperties { DisplayName = "Chat", SortOrder = 2 } });
        resource.Urls.Add(new Url { EndpointName = "http", FullUrl = "http://localhost:5100/lab", DisplayProperties = new UrlDisplayProperties { DisplayName = "Lab", SortOrder = 1 } });
        resource.Properties.Add(Property("project.path", "/src/AspireChat.Gateway/AspireChat.Gateway.csproj"));
        foreach (var instance in SampleTelemetry.Instances) resource.Relationships.Add(new ResourceRelationship { ResourceName = instance, Type = "Reference" });
        return resource;
    }

    private static Resource Parameter(string name, string value, bool isSecret)
    {
        var resource = new Resource { Name = name, DisplayName = name, ResourceType = "Parameter", State = "Running" };
        resource.Properties.Add(new ResourceProperty { Name = "Value", Value = Value.ForString(value), IsSensitive = isSecret });
        return resource;
    }

    private static Resource Running(string name, string type, DateTimeOffset startedAt, string state) => new()
    {
        Name = name,
        DisplayName = name,
        ResourceType = type,
        Uid = name,
        State = state,
        CreatedAt = Timestamp.FromDateTimeOffset(startedAt),
        StartedAt = Timestamp.FromDateTimeOffset(startedAt),
    };

    private static ResourceProperty Property(string name, string value) => new() { Name = name, Value = Value.ForString(value) };
}
