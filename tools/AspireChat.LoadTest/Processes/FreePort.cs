using System.Net;
using System.Net.Sockets;

namespace AspireChat.LoadTest.Processes;

/// <summary>
/// Ports for what a tool or a test starts itself, and perhaps starts again: out of reach of outgoing connections, one of which could else sit on the port while its
/// server is away, and of those that the app host picks.
/// </summary>
internal static class FreePort
{
    private const int First = 10_000;
    private const int Count = 10_000;

    private static int _last = Random.Shared.Next(Count);

    /// <summary>Gives a port of 127.0.0.1 on which nobody listens, and which this run was not given before.</summary>
    public static int Take()
    {
        while (true)
        {
            var port = First + (Interlocked.Increment(ref _last) % Count);
            if (IsFree(port))
                return port;
        }
    }

    public static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
