using System.Diagnostics;
using AspireChat.ChatServer.Protocol;
using AspireChat.ChatServer.Rooms;

namespace AspireChat.ChatServer.Connections;

/// <summary>Serves a connection from its welcome until it ends, and takes it out of its rooms then.</summary>
internal sealed class ConnectionRunner(
    ConnectionDirectory connections,
    ConnectionLoop loop,
    RoomJoiner joiner,
    ActiveBackplane active,
    ConnectionSetup setup,
    ILogger<ConnectionRunner> logger)
{
    /// <param name="transport">The accepted WebSocket.</param>
    /// <param name="admission">Its places; disposed of at the end.</param>
    /// <param name="upgrade">The span of the upgrade; default when it is not sampled.</param>
    public async Task RunAsync(FrameTransport transport, Admission admission, ActivityContext upgrade)
    {
        using var places = admission;

        // Else everything on this connection, for hours, would belong to the trace of its upgrade.
        Activity.Current = null;

        var connection = connections.Create(transport, admission.Identity, upgrade);
        try
        {
            Welcome(connection);
            await loop.RunAsync(connection, transport);
            await connection.Outbound.WhenEnded();
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // The peer is gone without a close, or was given up.
        }
        catch (Exception exception)
        {
            logger.Failed(connection.Id, exception);
        }
        finally
        {
            connection.Outbound.Abandon();
            await LeaveAllAsync(connection);
            connections.Remove(connection);
        }
    }

    private void Welcome(ChatConnection connection)
    {
        var mode = active.Current.Mode;
        connection.Send(new WelcomeFrame(setup.Instance, connection.Id, mode, setup.Options.PingSeconds, setup.Limits.SendsPerSecond).Encode());

        // After the welcome, which is the first frame. A switch in between was told to all but this one.
        connections.Add(connection);
        if (active.Current.Mode is var now && now != mode)
        {
            connection.Send(ServerFrames.Backplane(now));
        }
    }

    private async Task LeaveAllAsync(ChatConnection connection)
    {
        try
        {
            await Task.WhenAll(connection.Rooms.RemoveAll().Select(joiner.LeaveAsync));
        }
        catch (Exception exception)
        {
            logger.Failed(connection.Id, exception);
        }
    }
}
