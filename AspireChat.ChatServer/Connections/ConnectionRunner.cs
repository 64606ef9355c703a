using System.Diagnostics;
using AspireChat.ChatServer.Protocol;
using AspireChat.ChatServer.Rooms;

namespace AspireChat.ChatServer.Connections;

/// <summary>Serves a connection from its welcome until it ends.</summary>
internal sealed class ConnectionRunner(ConnectionDirectory connections, ConnectionLoop loop, ActiveBackplane active, ConnectionSetup setup)
{
    /// <param name="transport">The accepted WebSocket.</param>
    /// <param name="admission">Its places; disposed of at the end.</param>
    /// <param name="upgrade">The span of the upgrade; default when it is not sampled.</param>
    public async Task RunAsync(FrameTransport transport, Admission admission, ActivityContext upgrade)
    {
        // Else everything on this connection, for hours, would belong to the trace of its upgrade.
        Activity.Current = null;
        try
        {
            var connection = connections.Create(transport, admission.Identity, upgrade);
            try
            {
                Welcome(connection);
                await loop.RunAsync(connection, transport);
            }
            finally
            {
                connections.Remove(connection);
            }
        }
        finally
        {
            admission.Dispose();
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
}
