using AspireChat.Gateway.Admission;
using AspireChat.Gateway.Failover;
using AspireChat.Gateway.Lab;
using AspireChat.Gateway.Probing;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.LoadBalancing;
using Yarp.ReverseProxy.Transforms;

namespace AspireChat.Gateway.Proxy;

internal static class ChatProxyExtensions
{
    /// <summary>Forwards connections and requests to the instances.</summary>
    public static void AddChatProxy(this IServiceCollection services)
    {
        services.AddSingleton<IProxyConfigProvider, InstanceProxyConfigProvider>();
        services.AddSingleton<IForwarderHttpClientFactory, ChatHttpClientFactory>();
        services.AddSingleton<ILoadBalancingPolicy, RoundRobinPerRoute>();
        services.AddProbing();
        services.AddAdmission();
        services.AddFailover();
        services.AddHealthChecks().AddCheck<InstancesHealthCheck>("instances");

        services.AddReverseProxy().AddTransforms(transforms =>
        {
            // Set, not append: the instances trust what the gateway says, so nothing of it may come from the client.
            transforms.AddXForwarded(ForwardedTransformActions.Set);
            transforms.AddRequestHeaderRemove("Forwarded");
            transforms.AddRequestHeaderRemove("X-Real-IP");
            transforms.AddFailover();
            transforms.AddLab();
        });
    }

    public static void MapChatProxy(this WebApplication app)
    {
        // YARP would wrap what is wrong with the instances in an error of its own.
        app.Services.GetRequiredService<IProxyConfigProvider>().GetConfig();

        app.MapReverseProxy(pipeline =>
        {
            pipeline.UseNamedInstance();
            pipeline.UseAdmission();
            pipeline.UseFailover();
            pipeline.UseLoadBalancing();
            pipeline.UsePassiveHealthChecks();
        });
    }
}
