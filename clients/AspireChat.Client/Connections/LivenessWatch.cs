using AspireChat.Client.Protocol;

namespace AspireChat.Client.Connections;

/// <summary>
/// Finds a dead peer: a TCP connection whose other end has vanished looks alive for as long as nothing is sent. After one ping interval of silence
/// the server is pinged, after two the connection is given up.
/// </summary>
internal static class LivenessWatch
{
    public static async Task RunAsync(ChatConnection connection, TimeProvider time, CancellationToken cancellationToken)
    {
        var interval = connection.Server.PingInterval;
        if (interval == TimeSpan.Zero)
            return;

        using var timer = new PeriodicTimer(interval, time);
        var pinging = Task.CompletedTask;
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
        {
            var silence = connection.Silence;
            if (silence >= 2 * interval)
            {
                connection.Abort(new ChatProtocolException($"The server was silent for {silence.TotalSeconds:0.#} s, longer than twice its ping interval."));
                return;
            }

            // Not awaited here: on a dead connection even the ping gets stuck, and the next tick must come all the same.
            if (silence >= interval && pinging.IsCompleted)
                pinging = connection.SendAsync(new PingFrame());
        }

        await pinging.ConfigureAwait(false);
    }
}
