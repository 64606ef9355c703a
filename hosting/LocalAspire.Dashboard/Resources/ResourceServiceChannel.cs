using Grpc.Core;
using Grpc.Net.Client;
using LocalAspire.Dashboard.Options;
using LocalAspire.Protos.ResourceService.V1;
using Microsoft.Extensions.Options;

namespace LocalAspire.Dashboard.Resources;

/// <summary>The connection to the app host's resource service.</summary>
internal sealed class ResourceServiceChannel : IDisposable
{
    private const string KeyHeader = "x-resource-service-api-key";

    private readonly GrpcChannel? _channel;

    public ResourceServiceChannel(IOptions<DashboardOptions> options, ILoggerFactory loggers)
    {
        var settings = options.Value.ResourceServiceClient;
        if (settings.Url is null) return;

        if (settings.AuthMode != AuthMode.Unsecured && settings.ApiKey is { Length: > 0 } key) Headers.Add(KeyHeader, key);
        _channel = GrpcChannel.ForAddress(settings.Url, new GrpcChannelOptions
        {
            LoggerFactory = loggers,
            HttpHandler = new SocketsHttpHandler
            {
                EnableMultipleHttp2Connections = true,
                KeepAlivePingDelay = TimeSpan.FromSeconds(20),
                KeepAlivePingTimeout = TimeSpan.FromSeconds(10),
                KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
            },
            MaxReceiveMessageSize = 16 << 20,
        });
        Client = new DashboardService.DashboardServiceClient(_channel);
    }

    /// <summary>Null where no resource service is set.</summary>
    public DashboardService.DashboardServiceClient? Client { get; }

    public Metadata Headers { get; } = [];

    public void Dispose() => _channel?.Dispose();
}
