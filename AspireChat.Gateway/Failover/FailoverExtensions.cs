using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace AspireChat.Gateway.Failover;

internal static class FailoverExtensions
{
    public static void AddFailover(this IServiceCollection services) =>
        services.AddSingleton<IPassiveHealthCheckPolicy, OutAtOnce>();

    public static void AddFailover(this TransformBuilderContext transforms) =>
        transforms.AddResponseTransform(DrainingAnswer.NoticeAsync);

    public static void UseFailover(this IReverseProxyApplicationBuilder pipeline) =>
        pipeline.UseMiddleware<FailoverMiddleware>();
}
