var builder = DistributedApplication.CreateBuilder(args);
var settings = new AppSettings(builder);

var redis = builder.AddRedis("redis");

var gateway = builder.AddProject<Projects.AspireChat_Gateway>("gateway", launchProfileName: null)
    .WithEnvironment("DOTNET_ENVIRONMENT", builder.Environment.EnvironmentName)
    .WithHttpEndpoint(settings.GatewayPort)
    .WithExternalHttpEndpoints()
    .WithHttpHealthCheck("/health")
    .WithLab(settings.LabCode, settings.AdminKey);

// Named instances, not replicas: the gateway can only spread connections over instances that it can tell apart.
var chats = new List<IResourceBuilder<ProjectResource>>();
for (var number = 1; number <= settings.MaxInstances; number++)
{
    var name = $"chat-{number}";
    var chat = builder.AddProject<Projects.AspireChat_ChatServer>(name, launchProfileName: null)
        .WithEnvironment("DOTNET_ENVIRONMENT", builder.Environment.EnvironmentName)
        .WithEnvironment("Chat__Instance", name)
        .WithEnvironment("Chat__Backplane", settings.Backplane)
        .WithEnvironment("Chat__AdminKey", settings.AdminKey)
        .WithEnvironment("Chat__ApiKey", settings.ApiKey)
        .WithEnvironment("Chat__Drain__Seconds", "2")
        .WithReference(redis).WaitFor(redis)
        .WithHttpEndpoint()
        .WithHttpHealthCheck("/health")
        .WithFaultCommands(settings.AdminKey);
    chats.Add(chat);

    // It knows them all; those past the wanted number are there to be started by hand.
    gateway.WithReference(chat);
    _ = number <= settings.Instances ? gateway.WaitForStart(chat) : chat.WithExplicitStart();
}

gateway.WithModeCommands(chats, settings.AdminKey);
redis.WithFaultCommands(gateway, chats, settings.AdminKey);
builder.AddPublishEnvironment();

builder.Build().Run();
