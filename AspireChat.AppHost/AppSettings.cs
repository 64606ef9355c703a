using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;

/// <summary>
/// What whoever runs the app may say: <c>--Parameters:instances=5</c> on the command line, <c>Parameters__instances=5</c> in the environment. Keys that
/// nobody gives are made for the run.
/// </summary>
internal sealed class AppSettings(IDistributedApplicationBuilder builder)
{
    private readonly IConfigurationSection _given = builder.Configuration.GetSection("Parameters");

    /// <summary>How many chat servers start with the app.</summary>
    public int Instances => _given.GetValue("instances", 3);

    /// <summary>How many there are, those included that are started by hand.</summary>
    public int MaxInstances => Math.Max(Instances, _given.GetValue("max-instances", Instances));

    public int GatewayPort => _given.GetValue("gateway-port", 5080);

    public IResourceBuilder<ParameterResource> Backplane { get; } = builder.AddParameter("backplane", builder.Configuration["Parameters:backplane"] ?? "stream");

    public IResourceBuilder<ParameterResource> AdminKey { get; } = AddKey(builder, "admin-key");

    public IResourceBuilder<ParameterResource> ApiKey { get; } = AddKey(builder, "api-key");

    public string LabCode { get; } = builder.Configuration["Parameters:lab-code"] ?? RandomNumberGenerator.GetHexString(32, lowercase: true);

    private static IResourceBuilder<ParameterResource> AddKey(IDistributedApplicationBuilder builder, string name) =>
        builder.AddParameter(name, builder.Configuration[$"Parameters:{name}"] ?? RandomNumberGenerator.GetHexString(32), secret: true);
}
