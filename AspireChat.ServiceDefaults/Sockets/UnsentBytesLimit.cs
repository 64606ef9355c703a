using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Extensions.Hosting;

/// <summary>
/// Bounds what the kernel takes for a peer that does not read. By itself Linux takes some 4 MB, in which a client that hangs is not noticed for many
/// seconds, and which nobody counts. What is under way to the peer is not bounded by this, so a distant one is as fast as ever.
/// </summary>
internal static class UnsentBytesLimit
{
    private const int Bytes = 128 * 1024;

    // linux/tcp.h; .NET has no name for it.
    private const int NotSentLowWater = 25;

    public static void AddUnsentBytesLimit(this IServiceCollection services)
    {
        if (OperatingSystem.IsLinux())
        {
            services.Configure<SocketTransportOptions>(sockets => sockets.CreateBoundListenSocket = Listen);
        }
    }

    /// <summary>A connection has this from the socket that it came in by.</summary>
    private static Socket Listen(EndPoint endpoint)
    {
        var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
        if (endpoint is IPEndPoint)
        {
            socket.SetRawSocketOption((int)SocketOptionLevel.Tcp, NotSentLowWater, BitConverter.GetBytes(Bytes));
        }

        return socket;
    }
}
