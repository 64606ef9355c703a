using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;

/// <summary>
/// What whoever runs the app may say: <c>--Parameters:instances=5</c> on the command line, <c>Parameters__instances=5</c> in the environment. Keys that
/// nobody gives are made for the run.
/// </summary>
internal sealed class AppSettings(IDistributedApplicationBuilder builder)
{
    /// <summary>More processes are not for one machine.</summary>
    private const int MostInstances = 16;

    private readonly IConfigurationSection _given = builder.Configuration.GetSection("Parameters");

    /// <summary>How many chat servers start with the app. 1 to 16, default 3.</summary>
    public int Instances => Count("instances", 3, least: 1, "1");

    /// <summary>How many there are, those included that are started by hand. Up to 16, by default none but those that start with the app.</summary>
    public int MaxInstances => Count("max-instances", Instances, Instances, $"{Instances}, the instances that start with the app,");

    public int GatewayPort => _given.GetValue("gateway-port", 5080);

    public IResourceBuilder<ParameterResource> Backplane { get; } = builder.AddParameter("backplane", builder.Configuration["Parameters:backplane"] ?? "stream");

    public IResourceBuilder<ParameterResource> AdminKey { get; } = AddKey(builder, "admin-key");

    public IResourceBuilder<ParameterResource> ApiKey { get; } = AddKey(builder, "api-key");

    public string LabCode { get; } = builder.Configuration["Parameters:lab-code"] ?? RandomNumberGenerator.GetHexString(32, lowercase: true);

    private int Count(string name, int otherwise, int least, string from)
    {
        var count = _given.GetValue(name, otherwise);
        return count >= least && count <= MostInstances
            ? count
            : throw new DistributedApplicationException($"Parameter '{name}' is {count}; set it to a number from {from} to {MostInstances}.");
    }

    private static IResourceBuilder<ParameterResource> AddKey(IDistributedApplicationBuilder builder, string name) =>
        builder.AddParameter(name, builder.Configuration[$"Parameters:{name}"] ?? RandomNumberGenerator.GetHexString(32), secret: true);
}
