using System.Diagnostics;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace AspireChat.ChatServer.Connections.Direct;

/// <summary>
/// Stands before everything else that the web server does with a connection, and looks at its first bytes. A plain upgrade of <c>/ws</c> goes through the
/// application as any request does, and is then served right on the socket. All else the web server reads as if nobody had looked.
/// </summary>
internal sealed class DirectConnections(ConnectionRunner runner, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<DirectConnections> logger)
{
    /// <summary>Set before the first connection comes.</summary>
    public DirectApplication Application { get; set; } = null!;

    /// <param name="connection">A connection of which nothing was read yet.</param>
    /// <param name="listen">Where it was accepted.</param>
    /// <param name="server">What the web server does with it.</param>
    public async Task RunAsync(ConnectionContext connection, ListenOptions listen, ConnectionDelegate server)
    {
        if (SocketOf(connection, listen) is not { } socket || await PeekAsync(connection) is not { } head)
        {
            await server(connection);
            return;
        }

        var transport = new DirectTransport(connection, socket);
        var (admission, span) = await AnswerAsync(connection, head, transport);
        if (admission is not null)
        {
            await runner.RunAsync(transport, admission, span);
        }
    }

    /// <summary>The socket, where plain HTTP/1.1 is spoken on it and the web server counts no upgrades; else null.</summary>
    private static Socket? SocketOf(ConnectionContext connection, ListenOptions listen) =>
        listen.ToString()?.StartsWith("http://", StringComparison.Ordinal) is true
        && listen.Protocols.HasFlag(HttpProtocols.Http1)
        && listen.KestrelServerOptions.Limits.MaxConcurrentUpgradedConnections is null
            ? connection.Features.Get<IConnectionSocketFeature>()?.Socket
            : null;

    /// <summary>Takes the head of a plain upgrade, if that is what comes first, and as a whole; else takes nothing.</summary>
    private async Task<RequestHead?> PeekAsync(ConnectionContext connection)
    {
        // Who says nothing for so long is left to the time limits of the web server. It ends silent connections when it stops, so that is where they
        // belong then.
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(lifetime.ApplicationStopping);
        patience.CancelAfter(ConnectionOptions.FirstLook);
        try
        {
            var received = (await connection.Transport.Input.ReadAsync(patience.Token)).Buffer;
            var head = RequestHead.TryRead(received.FirstSpan);
            connection.Transport.Input.AdvanceTo(received.GetPosition(head?.Bytes ?? 0));
            return head;
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            return null;
        }
    }

    private async Task<(Admission? Admission, ActivityContext Span)> AnswerAsync(ConnectionContext connection, RequestHead head, DirectTransport transport)
    {
        using var body = new MemoryStream();
        var response = new DirectResponse(transport, body, time);
        var request = new DirectRequest(connection, head, response);
        try
        {
            await Application.ProcessAsync(request.Features, failure =>
            {
                if (failure is not null)
                {
                    logger.UpgradeFailed(failure);
                }

                return response.CompleteAsync(failure);
            });
            return (request.Admission, request.Span);
        }
        catch (Exception exception)
        {
            request.Admission?.Dispose();
            if (exception is not IOException)
            {
                logger.UpgradeFailed(exception);
            }

            return default;
        }
    }
}
