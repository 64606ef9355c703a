using System.Net.Sockets;

namespace AspireChat.Gateway.Proxy;

/// <summary>
/// Sockets to instances that end when the host at the other end is gone without a word. By itself TCP asks a silent peer nothing for two hours, and on Linux
/// sends for a quarter of an hour what nobody takes: so long would the gateway keep the connections of a host that lost its power.
/// </summary>
internal static class InstanceSockets
{
    // linux/tcp.h; .NET has no name for it.
    private const int UserTimeout = 18;

    public static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, TimeSpan deadAfter, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.GiveUpAfter(deadAfter);
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static void GiveUpAfter(this Socket socket, TimeSpan deadAfter)
    {
        // Half the time in silence, the other half for questions, five at most, that get no answer. The kernel counts in whole seconds.
        var seconds = (int)Math.Ceiling(deadAfter.TotalSeconds);
        var (quiet, between) = (Math.Max(1, seconds / 2), Math.Max(1, seconds / 10));
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, quiet);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, between);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, Math.Max(1, (seconds - quiet) / between));

        // Nothing is asked while sent bytes wait to be acknowledged; this is how long they may.
        if (OperatingSystem.IsLinux())
            socket.SetRawSocketOption((int)SocketOptionLevel.Tcp, UserTimeout, BitConverter.GetBytes((int)deadAfter.TotalMilliseconds));
    }
}
