using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace AspireChat.ChatServer.Connections.Direct;

/// <summary>An upgrade as the application sees it: what the web server would have made of the same bytes.</summary>
internal sealed class DirectRequest : IHttpUpgradeFeature, IHttpRequestLifetimeFeature, IServeLaterFeature
{
    private readonly ConnectionContext _connection;
    private readonly DirectResponse _response;

    public DirectRequest(ConnectionContext connection, RequestHead head, DirectResponse response)
    {
        _connection = connection;
        _response = response;
        RequestAborted = connection.ConnectionClosed;
        var (local, remote) = (connection.LocalEndPoint as IPEndPoint, connection.RemoteEndPoint as IPEndPoint);
        Features = new FeatureCollection(connection.Features);
        Features.Set<IHttpRequestFeature>(new HttpRequestFeature
        {
            Method = HttpMethods.Get,
            Scheme = Uri.UriSchemeHttp,
            Protocol = HttpProtocol.Http11,
            Path = RequestHead.Path,
            QueryString = head.Query,
            RawTarget = RequestHead.Path + head.Query,
            Headers = head.Headers,
        });
        Features.Set<IHttpConnectionFeature>(new HttpConnectionFeature
        {
            ConnectionId = connection.ConnectionId,
            LocalIpAddress = local?.Address,
            LocalPort = local?.Port ?? 0,
            RemoteIpAddress = remote?.Address,
            RemotePort = remote?.Port ?? 0,
        });
        Features.Set<IHttpResponseFeature>(response);
        Features.Set(response.NewBody());
        Features.Set<IHttpUpgradeFeature>(this);
        Features.Set<IHttpRequestLifetimeFeature>(this);
        Features.Set<IServeLaterFeature>(this);
    }

    public FeatureCollection Features { get; }

    /// <summary>The places of the connection that is to be served; null when there is none.</summary>
    public Admission? Admission { get; private set; }

    /// <summary>The span of the upgrade; default when it is not sampled.</summary>
    public ActivityContext Span { get; private set; }

    public bool IsUpgradableRequest => !_response.HasStarted;

    public CancellationToken RequestAborted { get; set; }

    public async Task<Stream> UpgradeAsync()
    {
        await _response.SwitchProtocolsAsync();

        // Nobody uses it: the connection is served later, without the request.
        return Stream.Null;
    }

    public void Serve(Admission admission, ActivityContext upgrade) => (Admission, Span) = (admission, upgrade);

    public void Abort() => _connection.Abort();
}
