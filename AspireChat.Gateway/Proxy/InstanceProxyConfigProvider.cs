using AspireChat.Gateway.Instances;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Configuration;

namespace AspireChat.Gateway.Proxy;

/// <summary>Tells YARP the routes and the instances, again each time the source of instances changes.</summary>
/// <remarks>YARP stops listening to a provider that throws, so after the first read a bad one keeps what was there before.</remarks>
internal sealed partial class InstanceProxyConfigProvider(
    IInstanceSource source, IOptions<GatewayOptions> options, ILogger<InstanceProxyConfigProvider> logger) : IProxyConfigProvider
{
    private InstanceProxyConfig? _last;

    public IProxyConfig GetConfig()
    {
        var changed = source.Changed;
        try
        {
            var instances = source.Read();
            if (instances.Count > 0)
                LogInstances(string.Join(", ", instances.Select(instance => $"{instance.Name} at {instance.Address}")));
            return _last = new InstanceProxyConfig(ChatRoutes.All, [ChatCluster.Of(instances, options.Value)], changed);
        }
        catch (InstancesException exception) when (_last is not null)
        {
            LogKept(exception.Message);
            return _last = _last with { ChangeToken = changed };
        }
    }

    [LoggerMessage(LogLevel.Information, "Routing to {Instances}.")]
    private partial void LogInstances(string instances);

    [LoggerMessage(LogLevel.Error, "The changed configuration is not used, the instances stay as they were. {Problem}")]
    private partial void LogKept(string problem);
}
