using System.Net.Sockets;
using AspireChat.ChatServer.Connections.Direct;
using Microsoft.AspNetCore.Connections;

namespace AspireChat.Tests.Connections;

/// <summary>A peer that ends its connection between the upgrade and the first frame.</summary>
public sealed class GoneSocketTests
{
    [Fact]
    public async Task A_socket_that_is_gone_before_it_is_served_is_found_broken_by_the_first_write()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Dispose();
        var transport = new DirectTransport(new DefaultConnectionContext(), socket);

        Assert.Throws<IOException>(() => transport.TryWrite("welcome"u8));
        await Assert.ThrowsAsync<IOException>(async () => await transport.WriteAsync(new byte[] { 1 }));
    }
}
