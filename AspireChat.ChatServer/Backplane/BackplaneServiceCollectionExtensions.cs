using AspireChat.ChatServer.Backplane.Envelopes;
using AspireChat.ChatServer.Backplane.Probe;
using AspireChat.ChatServer.Backplane.Redis;
using AspireChat.ChatServer.Backplane.Streams;
using AspireChat.ChatServer.Instances;
using AspireChat.ChatServer.Upkeep;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace AspireChat.ChatServer.Backplane;

internal static class BackplaneServiceCollectionExtensions
{
    /// <summary>
    /// Adds the backplanes of all modes, and with <c>ConnectionStrings:redis</c> the connections to Redis and the delivery probe. Without it the
    /// instance runs mode local alone. Goes before whatever asks <see cref="RedisRegistration.HasRedis"/>.
    /// </summary>
    public static IHostApplicationBuilder AddBackplane(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddMetrics();
        services.AddOptions<StreamOptions>().BindConfiguration(StreamOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddUpkeep();
        services.TryAddSingleton(provider => Incarnation.Begin(provider.GetRequiredService<IOptions<ChatOptions>>().Value.Instance));
        services.TryAddSingleton(provider => new RedisKeys(provider.GetRequiredService<IOptions<ChatOptions>>().Value.Prefix));
        services.AddSingleton<BackplaneMetrics>();
        services.AddSingleton<MessageMarks>();
        services.AddSingleton<IBackplaneFactory, BackplaneFactory>();
        services.AddHealthChecks().AddCheck<BackplaneHealthCheck>("backplane");

        if (builder.Configuration.GetConnectionString("redis") is { Length: > 0 } connectionString)
        {
            services.AddSingleton(provider => new RedisSettings(connectionString, provider.GetRequiredService<Incarnation>().Id));
            services.AddSingleton<RedisConnections>();
            services.AddHostedService<RedisConnectionsStart>();
            services.AddSingleton<DeliveryProbe>();
            services.AddHostedService(provider => provider.GetRequiredService<DeliveryProbe>());
            services.AddSingleton<ISubscriberFault>(provider => provider.GetRequiredService<RedisConnections>().Subscriptions);
        }

        return builder;
    }
}
