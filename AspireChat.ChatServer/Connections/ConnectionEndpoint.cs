using System.Diagnostics;
using AspireChat.ChatServer.Draining;
using AspireChat.ChatServer.Protocol;
using AspireChat.ChatServer.Rooms;
using AspireChat.ChatServer.Security.Identity;
using AspireChat.ChatServer.WebSockets;

namespace AspireChat.ChatServer.Connections;

/// <summary><c>/ws</c>: checks an upgrade from the cheapest check to the dearest, accepts it, and serves the connection until it ends.</summary>
internal sealed class ConnectionEndpoint(
    OriginPolicy origins,
    AddressLimit addresses,
    UserLimit users,
    IConnectionAuthentication authentication,
    DrainState drain,
    ConnectionDirectory connections,
    ConnectionLoop loop,
    ActiveBackplane active,
    ConnectionSetup setup)
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

        var address = context.Connection.RemoteIpAddress;
        if (!addresses.TryEnter(address))
        {
            await RefuseAsync(context, StatusCodes.Status429TooManyRequests, "too_many_connections", "Too many connections from this address.");
            return;
        }

        try
        {
            var authenticated = await authentication.AuthenticateAsync(context, protocols.Ticket);
            if (!authenticated.Succeeded)
            {
                await RefuseAsync(context, StatusCodes.Status401Unauthorized, "unauthorized", "Connect with a valid token, or with a ticket that was not used yet.");
                return;
            }

            if (!users.TryEnter(authenticated.Identity))
            {
                await RefuseAsync(context, StatusCodes.Status429TooManyRequests, "too_many_connections", "Too many connections of this user.");
                return;
            }

            try
            {
                await ServeAsync(context, await upgrade.AcceptAsync(protocols.Selected), authenticated.Identity);
            }
            finally
            {
                users.Exit(authenticated.Identity);
            }
        }
        finally
        {
            addresses.Exit(address);
        }
    }

    private async Task ServeAsync(HttpContext context, Stream stream, ConnectionIdentity? identity)
    {
        var trace = Activity.Current is { Recorded: true } current ? current.Context : default;

        // Else everything on this connection, for hours, would belong to the trace of its upgrade.
        Activity.Current = null;

        FrameTransport transport = new UpgradedTransport(context, stream);
        if (SocketTransport.SocketOf(context) is { } socket)
        {
            transport = new SocketTransport(transport, socket);
        }

        var connection = connections.Create(transport, identity, trace);
        var mode = active.Current.Mode;
        connection.Send(new WelcomeFrame(setup.Instance, connection.Id, mode, setup.Options.PingSeconds, setup.Limits.SendsPerSecond).Encode());

        // After the welcome, which is the first frame. A switch in between was told to all but this one.
        connections.Add(connection);
        if (active.Current.Mode is var now && now != mode)
        {
            connection.Send(ServerFrames.Backplane(now));
        }

        try
        {
            await loop.RunAsync(connection, transport);
        }
        finally
        {
            connections.Remove(connection);
        }
    }

    private static Task RefuseAsync(HttpContext context, int status, string code, string explanation) =>
        new ApiError(code, explanation).WithStatus(status).ExecuteAsync(context);
}
