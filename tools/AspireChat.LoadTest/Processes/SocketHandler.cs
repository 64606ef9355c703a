using System.Net;
using System.Net.Sockets;

namespace AspireChat.LoadTest.Processes;

/// <summary>HTTP over sockets of one's own making.</summary>
internal static class SocketHandler
{
    public static SocketsHttpHandler Create(Func<Socket> newSocket) => new() { ConnectCallback = (context, cancellationToken) => ConnectAsync(newSocket(), context.DnsEndPoint, cancellationToken) };

    private static async ValueTask<Stream> ConnectAsync(Socket socket, DnsEndPoint server, CancellationToken cancellationToken)
    {
        try
        {
            await socket.ConnectAsync(IPAddress.TryParse(server.Host, out var address) ? new IPEndPoint(address, server.Port) : server, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
