using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;

var builder = DistributedApplication.CreateBuilder(args);

// Parameters, on the command line (--Parameters:instances=5) or in the environment (Parameters__instances=5). Keys are made afresh unless given.
var instances = builder.Configuration.GetValue("Parameters:instances", 3);
var declared = Math.Max(instances, builder.Configuration.GetValue("Parameters:max-instances", instances));
var gatewayPort = builder.Configuration.GetValue("Parameters:gateway-port", 5080);
var backplane = builder.AddParameter("backplane", Given("backplane") ?? "stream");
var adminKey = builder.AddParameter("admin-key", Given("admin-key") ?? RandomNumberGenerator.GetHexString(32), secret: true);
var apiKey = builder.AddParameter("api-key", Given("api-key") ?? RandomNumberGenerator.GetHexString(32), secret: true);
var labCode = Given("lab-code") ?? RandomNumberGenerator.GetHexString(32, lowercase: true);

var redis = builder.AddRedis("redis");

var gateway = builder.AddProject<Projects.AspireChat_Gateway>("gateway", launchProfileName: null)
    .WithEnvironment("DOTNET_ENVIRONMENT", builder.Environment.EnvironmentName)
    .WithEnvironment("Lab__Code", labCode)
    .WithEnvironment("Lab__AdminKey", adminKey)
    .WithHttpEndpoint(gatewayPort)
    .WithExternalHttpEndpoints()
    .WithHttpHealthCheck("/health");

// Whoever reads the app host's output may act in the lab: the code opens one session. In the fragment it reaches no log.
gateway.WithUrls(context => context.Urls.Add(new() { Url = $"/lab#code={labCode}", DisplayText = "Lab", Endpoint = gateway.GetEndpoint("http") }));

// Named instances, not replicas: a load balancer can only spread connections over instances that it can tell apart.
for (var number = 1; number <= declared; number++)
{
    var name = string.Create(CultureInfo.InvariantCulture, $"chat-{number}");
    var chat = builder.AddProject<Projects.AspireChat_ChatServer>(name, launchProfileName: null)
        .WithEnvironment("DOTNET_ENVIRONMENT", builder.Environment.EnvironmentName)
        .WithEnvironment("Chat__Instance", name)
        .WithEnvironment("Chat__Backplane", backplane)
        .WithEnvironment("Chat__AdminKey", adminKey)
        .WithEnvironment("Chat__ApiKey", apiKey)
        .WithEnvironment("Chat__Drain__Seconds", "2")
        .WithReference(redis).WaitFor(redis)
        .WithHttpEndpoint()
        .WithHttpHealthCheck("/health");

    // The gateway knows all instances; those past the wanted number are there to be started by hand.
    gateway.WithReference(chat);
    _ = number <= instances ? gateway.WaitFor(chat) : chat.WithExplicitStart();
}

builder.Build().Run();

string? Given(string parameter) => builder.Configuration[$"Parameters:{parameter}"];
