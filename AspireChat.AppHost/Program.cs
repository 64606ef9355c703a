using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;

var builder = DistributedApplication.CreateBuilder(args);

// What whoever runs the app may say: --Parameters:instances=5 on the command line, Parameters__instances=5 in the environment.
var given = builder.Configuration.GetSection("Parameters");
var instances = given.GetValue("instances", 3);
var backplane = builder.AddParameter("backplane", given["backplane"] ?? "stream");
var adminKey = builder.AddParameter("admin-key", given["admin-key"] ?? RandomNumberGenerator.GetHexString(32), secret: true);
var apiKey = builder.AddParameter("api-key", given["api-key"] ?? RandomNumberGenerator.GetHexString(32), secret: true);
var labCode = given["lab-code"] ?? RandomNumberGenerator.GetHexString(32, lowercase: true);

var redis = builder.AddRedis("redis");

var gateway = builder.AddProject<Projects.AspireChat_Gateway>("gateway", launchProfileName: null)
    .WithEnvironment("DOTNET_ENVIRONMENT", builder.Environment.EnvironmentName)
    .WithEnvironment("Lab__Code", labCode)
    .WithEnvironment("Lab__AdminKey", adminKey)
    // For the lab's link to the trace of a message: where both hosts keep their dashboard's address, and what logs a browser in there.
    .WithEnvironment("Lab__DashboardUrl", () => builder.Configuration["ASPNETCORE_URLS"]?.Split(';')[0] ?? "")
    .WithEnvironment("Lab__DashboardToken", () => builder.Configuration["AppHost:BrowserToken"] ?? "")
    .WithHttpEndpoint(given.GetValue("gateway-port", 5080))
    .WithExternalHttpEndpoints()
    .WithHttpHealthCheck("/health");

// Whoever reads the app host's output may act in the lab: the code opens one session. In the fragment it reaches no log.
gateway.WithUrls(context => context.Urls.Add(new() { Url = $"/lab#code={labCode}", DisplayText = "Lab", Endpoint = gateway.GetEndpoint("http") }));

// Named instances, not replicas: the gateway can only spread connections over instances that it can tell apart.
for (var number = 1; number <= Math.Max(instances, given.GetValue("max-instances", instances)); number++)
{
    var name = $"chat-{number}";
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

    // It knows them all; those past the wanted number are there to be started by hand.
    gateway.WithReference(chat);
    _ = number <= instances ? gateway.WaitForStart(chat) : chat.WithExplicitStart();
}

builder.Build().Run();
