using System.Security.Cryptography;
using Aspire.Hosting.ApplicationModel;
using LocalAspire.Processes;
using LocalAspire.Redis;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting;

/// <summary>Adds a Redis.</summary>
public static class RedisBuilderExtensions
{
    private const int PasswordLength = 32;

    public static IResourceBuilder<RedisResource> AddRedis(this IDistributedApplicationBuilder builder, string name, int? port) =>
        builder.AddRedis(name, port, null);

    /// <summary>
    /// Runs <c>redis-server</c> or <c>valkey-server</c> from the PATH, else Garnet, which came with the packages of the build;
    /// the setting <c>LocalAspire:Redis</c> forces one of them, or is the connection string of one that runs elsewhere.
    /// </summary>
    /// <param name="password">Default: <c>Parameters:name-password</c>, else one made for this run.</param>
    public static IResourceBuilder<RedisResource> AddRedis(
        this IDistributedApplicationBuilder builder, string name, int? port = null, IResourceBuilder<ParameterResource>? password = null)
    {
        var choice = new RedisChoice(name, builder.Configuration);
        var resource = new RedisResource(name, password?.Resource ?? DefaultPassword(builder, name), () => choice.ConnectionString);
        return builder.AddResource(resource)
            .WithEndpoint(port: port, scheme: RedisResource.PrimaryEndpointName, name: RedisResource.PrimaryEndpointName)
            .WithAnnotation(new HealthCheckAnnotation(
                $"{name}_check",
                async (_, cancellationToken) => await RedisPing.CheckAsync((await ((IResourceWithConnectionString)resource).GetConnectionStringAsync(cancellationToken))!, cancellationToken)))
            .RunsAs("Executable", services => choice.Server?.Launch(new RedisLaunch(
                name,
                resource.PrimaryEndpoint.Port,
                resource.PasswordParameter!,
                services.GetRequiredService<RunDirectory>().Subdirectory(name))));
    }

    private static ParameterResource DefaultPassword(IDistributedApplicationBuilder builder, string name)
    {
        var parameter = $"{name}-password";
        return new(parameter, () => builder.Configuration[$"Parameters:{parameter}"] ?? RandomNumberGenerator.GetHexString(PasswordLength, lowercase: true), secret: true);
    }
}
