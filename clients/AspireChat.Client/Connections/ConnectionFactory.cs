using System.Net;
using System.Net.WebSockets;
using AspireChat.Client.Protocol;

namespace AspireChat.Client.Connections;

/// <summary>Opens connections: token, upgrade, welcome.</summary>
internal sealed class ConnectionFactory(ChatClientOptions options)
{
    private const string SubProtocol = "aspirechat.v1";
    private const int ProtocolVersion = 1;

    /// <exception cref="ChatConnectException">It did not work, for a reason that it names.</exception>
    public async Task<ChatConnection> OpenAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.HandshakeTimeout, options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var socket = new ClientWebSocket();
        try
        {
            return await OpenAsync(socket, either.Token).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // Read before disposing: the socket knows what the server answered.
            var failure = Describe(e, socket.HttpStatusCode);
            socket.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            throw failure;
        }
    }

    private async Task<ChatConnection> OpenAsync(ClientWebSocket socket, CancellationToken cancellationToken)
    {
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.AddSubProtocol(SubProtocol);
        // Liveness is watched by frames of the protocol, on the clock of the options; see LivenessWatch.
        socket.Options.KeepAliveInterval = TimeSpan.Zero;
        if (options.TokenProvider is { } tokens && await tokens(cancellationToken).ConfigureAwait(false) is { } token)
            socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");

        options.ConfigureWebSocket?.Invoke(socket.Options);
        await socket.ConnectAsync(options.Address, cancellationToken).ConfigureAwait(false);

        var reader = new FrameReader(options.MaxFrameBytes);
        return await reader.ReadAsync(socket, cancellationToken).ConfigureAwait(false) switch
        {
            WelcomeFrame { Protocol: ProtocolVersion } welcome => new ChatConnection(socket, Introduce(welcome), reader, options.TimeProvider),
            WelcomeFrame other => throw new ChatProtocolException($"The server speaks protocol version {other.Protocol}, and this client version {ProtocolVersion}. Update the older of the two."),
            null => throw ConnectionEnd.Closed((int)(socket.CloseStatus ?? WebSocketCloseStatus.Empty), socket.CloseStatusDescription).Cause,
            var frame => throw new ChatProtocolException($"The server's first frame was no welcome but '{frame.GetType().Name}'."),
        };
    }

    private static ServerInfo Introduce(WelcomeFrame welcome)
    {
        var pings = welcome.PingSeconds <= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Clamp(welcome.PingSeconds, 1, 3600));
        return new(welcome.Instance, welcome.Connection, welcome.Backplane, pings, welcome.Limits);
    }

    private ChatException Describe(Exception e, HttpStatusCode status) => e switch
    {
        ChatClosedException closed => closed,
        OperationCanceledException => new ChatConnectException($"No welcome from '{options.Address}' within {options.HandshakeTimeout.TotalSeconds:0.#} s.", e),
        WebSocketException when status != 0 => new ChatConnectException($"The server at '{options.Address}' answered {(int)status} ({status}) instead of opening a WebSocket. {Remedy(status)}", e, status),
        _ => new ChatConnectException($"No connection to '{options.Address}': {e.Message}", e),
    };

    private static string Remedy(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => "Check the token, and whether the servers accept this client.",
        HttpStatusCode.NotFound => "Check the path; chat servers listen at /ws.",
        HttpStatusCode.BadRequest => $"Check that it serves {SubProtocol}.",
        _ => "It may pass.",
    };
}
