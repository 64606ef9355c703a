using System.Diagnostics;
using AspireChat.ChatServer.Draining;
using AspireChat.ChatServer.Protocol;
using AspireChat.ChatServer.Security.Identity;
using AspireChat.ChatServer.WebSockets;

namespace AspireChat.ChatServer.Connections;

/// <summary><c>/ws</c>: checks an upgrade from the cheapest check to the dearest, accepts it, and has the connection served.</summary>
internal sealed class ConnectionEndpoint(
    OriginPolicy origins,
    ConnectionLimit connections,
    AddressLimit addresses,
    UserLimit users,
    IConnectionAuthentication authentication,
    DrainState drain,
    ConnectionRunner runner)
{
    /// <summary>Tells the gateway to take this instance for a dead one.</summary>
    private const string DrainingHeader = "X-Draining";

    public async Task HandleAsync(HttpContext context)
    {
        if (drain.RefusesUpgrades)
        {
            context.Response.Headers[DrainingHeader] = "true";
            await RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, "draining", "This instance is shutting down; connect to another.");
            return;
        }

        if (!WebSocketUpgrade.TryBegin(context, out var upgrade, out var problem))
        {
            await RefuseAsync(context, problem.Status, "bad_upgrade", problem.Explanation);
            return;
        }

        var protocols = SubProtocols.Choose(context.Request.Headers.SecWebSocketProtocol);
        if (!protocols.IsAcceptable)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, "bad_subprotocol", $"Offer the sub-protocol {WireProtocol.SubProtocol}, or none.");
            return;
        }

        if (!origins.Allows(context.Request))
        {
            await RefuseAsync(context, StatusCodes.Status403Forbidden, "bad_origin", "Pages of this origin may not connect; add it to Chat:Origins:Allowed if they should.");
            return;
        }

        var admission = new Admission(connections, addresses, users);
        var handedOn = false;
        try
        {
            if (!admission.TryEnter())
            {
                await RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, "full", "This instance has as many connections as it takes; try again, on another if there is one.");
                return;
            }

            if (!admission.TryEnter(context.Connection.RemoteIpAddress))
            {
                await RefuseAsync(context, StatusCodes.Status429TooManyRequests, "too_many_connections", "Too many connections from this address.");
                return;
            }

            var authenticated = await authentication.AuthenticateAsync(context, protocols.Ticket);
            if (!authenticated.Succeeded)
            {
                await RefuseAsync(context, StatusCodes.Status401Unauthorized, "unauthorized", "Connect with a valid token, or with a ticket that was not used yet.");
                return;
            }

            if (!admission.TryEnter(authenticated.Identity))
            {
                await RefuseAsync(context, StatusCodes.Status429TooManyRequests, "too_many_connections", "Too many connections of this user.");
                return;
            }

            var stream = await upgrade.AcceptAsync(protocols.Selected);
            var serving = ServeAsync(context, stream, admission);
            handedOn = true;
            await serving;
        }
        finally
        {
            if (!handedOn)
            {
                admission.Dispose();
            }
        }
    }

    /// <summary>Serves the connection, or leaves that to whoever has brought the request.</summary>
    private Task ServeAsync(HttpContext context, Stream stream, Admission admission)
    {
        var trace = Activity.Current is { Recorded: true } current ? current.Context : default;
        if (context.Features.Get<IServeLaterFeature>() is { } later)
        {
            later.Serve(admission, trace);
            return Task.CompletedTask;
        }

        FrameTransport transport = new UpgradedTransport(context, stream);
        if (UpgradedSocketTransport.SocketOf(context) is { } socket)
        {
            transport = new UpgradedSocketTransport(transport, socket);
        }

        return runner.RunAsync(transport, admission, trace);
    }

    private static Task RefuseAsync(HttpContext context, int status, string code, string explanation) =>
        new ApiError(code, explanation).WithStatus(status).ExecuteAsync(context);
}
