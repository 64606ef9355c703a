using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Primitives;

namespace AspireChat.ChatServer.WebSockets;

/// <summary>
/// The server's side of a WebSocket handshake, by HTTP/1.1 upgrade (RFC 6455) or HTTP/2 extended CONNECT (RFC 8441). It ends in a stream of raw
/// frames rather than a <see cref="System.Net.WebSockets.WebSocket"/>: so the same encoded bytes can be written to many sockets, several frames at once.
/// </summary>
internal readonly struct WebSocketUpgrade
{
    private const string SupportedVersion = "13";
    private const string AcceptSuffix = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private const int KeyBytes = 16;

    private readonly HttpContext _context;
    private readonly IHttpExtendedConnectFeature? _connect;

    private WebSocketUpgrade(HttpContext context, IHttpExtendedConnectFeature? connect)
    {
        _context = context;
        _connect = connect;
    }

    /// <param name="context">A request.</param>
    /// <param name="upgrade">Its handshake.</param>
    /// <param name="problem">The status and a sentence for the client, when it is no handshake that can be answered.</param>
    public static bool TryBegin(HttpContext context, out WebSocketUpgrade upgrade, out (int Status, string Explanation) problem)
    {
        var connect = context.Features.Get<IHttpExtendedConnectFeature>();
        upgrade = new WebSocketUpgrade(context, connect);
        problem = connect is { IsExtendedConnect: true }
            ? CheckConnect(context.Request, connect)
            : CheckUpgrade(context, context.Features.Get<IHttpUpgradeFeature>());
        return problem.Status == 0;
    }

    /// <summary>Accepts the handshake.</summary>
    /// <param name="subProtocol">The sub-protocol selected; null for none.</param>
    public async Task<Stream> AcceptAsync(string? subProtocol)
    {
        var headers = _context.Response.Headers;
        if (subProtocol is not null)
        {
            headers.SecWebSocketProtocol = subProtocol;
        }

        // A quiet connection is no slow one: how long it may be silent is for the protocol above to say.
        if (_context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } receiving)
        {
            receiving.MinDataRate = null;
        }

        if (_context.Features.Get<IHttpMinResponseDataRateFeature>() is { } sending)
        {
            sending.MinDataRate = null;
        }

        if (_connect is { IsExtendedConnect: true })
        {
            return await _connect.AcceptAsync();
        }

        headers.Upgrade = "websocket";
        headers.SecWebSocketAccept = AcceptFor(_context.Request.Headers.SecWebSocketKey.ToString());
        return await _context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
    }

    private static (int, string) CheckConnect(HttpRequest request, IHttpExtendedConnectFeature connect) =>
        connect.Protocol != "websocket" ? (StatusCodes.Status400BadRequest, "Only the protocol \"websocket\" is served here.")
        : CheckVersion(request);

    private static (int, string) CheckUpgrade(HttpContext context, IHttpUpgradeFeature? feature)
    {
        var request = context.Request;
        if (feature is not { IsUpgradableRequest: true } || !HttpMethods.IsGet(request.Method) || !HasToken(request.Headers.Upgrade, "websocket"))
        {
            context.Response.Headers.Upgrade = "websocket";
            context.Response.Headers.Connection = "Upgrade";
            return (StatusCodes.Status426UpgradeRequired, "This address serves WebSockets; connect with a WebSocket client.");
        }

        if (request.Headers.SecWebSocketKey is not [{ } key] || !IsKey(key))
        {
            return (StatusCodes.Status400BadRequest, "Sec-WebSocket-Key must be 16 bytes in base64.");
        }

        return CheckVersion(request);
    }

    private static (int, string) CheckVersion(HttpRequest request)
    {
        if (request.Headers.SecWebSocketVersion == SupportedVersion)
        {
            return default;
        }

        request.HttpContext.Response.Headers.SecWebSocketVersion = SupportedVersion;
        return (StatusCodes.Status426UpgradeRequired, "Sec-WebSocket-Version must be 13.");
    }

    private static bool HasToken(StringValues header, string token) => header
        .SelectMany(value => value?.Split(',', StringSplitOptions.TrimEntries) ?? [])
        .Contains(token, StringComparer.OrdinalIgnoreCase);

    private static bool IsKey(string key)
    {
        Span<byte> bytes = stackalloc byte[KeyBytes + 2];
        return key.Length == 24 && Convert.TryFromBase64String(key, bytes, out var length) && length == KeyBytes;
    }

    /// <summary>Proves that this is a WebSocket server; SHA-1 is what the standard asks for, and guards nothing.</summary>
#pragma warning disable CA5350 // Weak algorithm: RFC 6455, section 4.2.2.
    private static string AcceptFor(string key) => Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + AcceptSuffix)));
#pragma warning restore CA5350
}
