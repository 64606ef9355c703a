using System.Net;
using System.Net.Sockets;
using System.Text;
using AspireChat.ChatServer.Connections.Writing;
using AspireChat.ChatServer.WebSockets;

namespace AspireChat.Tests.Connections;

/// <summary>Many real sockets written to at once, by io_uring where the kernel has it, and one by one.</summary>
public sealed class WriteBatchTests : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<SocketPeer> _peers = [];

    public WriteBatchTests() => _listener.Start(WriteBatch.Capacity);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Each_connection_gets_its_own_frames_whole(bool ring)
    {
        using var batch = NewBatch(ring);
        var peers = await ConnectAsync(WriteBatch.Capacity);
        var texts = Enumerable.Range(0, peers.Count).Select(i => new string((char)('a' + (i % 26)), (i + 1) * 10)).ToArray();

        for (var i = 0; i < peers.Count; i++)
        {
            Assert.True(peers[i].Claim(Frame(texts[i]), out var frame));
            batch.Add(peers[i].Queue, frame);
        }

        Assert.True(batch.IsFull);
        batch.Flush();
        Assert.Equal(texts, await Task.WhenAll(peers.Select(peer => peer.ReadAsync())));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_comes_during_a_claim_follows_it(bool ring)
    {
        using var batch = NewBatch(ring);
        var peer = (await ConnectAsync(1))[0];

        for (var round = 0; round < 20; round++)
        {
            Assert.True(peer.Claim(Frame($"first {round}"), out var frame));
            Assert.False(peer.Claim(Frame($"second {round}"), out _));
            peer.Queue.Enqueue(ServerFrame.Text(Encoding.UTF8.GetBytes($"third {round}")));
            batch.Add(peer.Queue, frame);
            batch.Flush();

            Assert.Equal($"first {round}", await peer.ReadAsync());
            Assert.Equal($"second {round}", await peer.ReadAsync());
            Assert.Equal($"third {round}", await peer.ReadAsync());
            await Eventually.Is("all is written", () => peer.Queue.Bytes == 0);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_a_socket_does_not_take_at_once_waits_for_it(bool ring)
    {
        using var batch = NewBatch(ring);
        var peers = await ConnectAsync(2);
        var large = new string('x', 8 * 1024 * 1024);
        Assert.True(peers[0].Claim(Frame(large), out var whole));
        Assert.True(peers[1].Claim(Frame("small"), out var small));
        batch.Add(peers[0].Queue, whole);
        batch.Add(peers[1].Queue, small);

        batch.Flush();

        Assert.Equal("small", await peers[1].ReadAsync());
        Assert.NotEqual(0, peers[0].Queue.Bytes);
        Assert.False(peers[0].Claim(Frame("next"), out _));
        Assert.Equal(large, await peers[0].ReadAsync());
        Assert.Equal("next", await peers[0].ReadAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_broken_socket_harms_no_other(bool ring)
    {
        using var batch = NewBatch(ring);
        var peers = await ConnectAsync(3);
        peers[0].Server.Dispose();
        peers[1].Server.Shutdown(SocketShutdown.Send);
        foreach (var peer in peers)
        {
            Assert.True(peer.Claim(Frame("hello"), out var frame));
            batch.Add(peer.Queue, frame);
        }

        batch.Flush();

        Assert.Equal("hello", await peers[2].ReadAsync());
        await peers[0].Queue.WhenEnded();
        await peers[1].Queue.WhenEnded();
        Assert.False(peers[2].Queue.IsEnded);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_connection_that_ends_during_a_claim_gets_its_last_frame_behind_it(bool ring)
    {
        using var batch = NewBatch(ring);
        var peer = (await ConnectAsync(1))[0];
        Assert.True(peer.Claim(Frame("claimed"), out var frame));
        peer.Queue.Finish(ServerFrame.Text("last"u8), dropWaiting: false);
        Assert.False(peer.Claim(Frame("too late"), out _));
        batch.Add(peer.Queue, frame);

        batch.Flush();

        Assert.Equal("claimed", await peer.ReadAsync());
        Assert.Equal("last", await peer.ReadAsync());
        await peer.Queue.WhenEnded();
    }

    public void Dispose()
    {
        _peers.ForEach(peer => peer.Dispose());
        _listener.Dispose();
    }

    private static WriteBatch NewBatch(bool withRing)
    {
        var ring = withRing ? SocketRing.TryCreate() : null;
        Assert.SkipWhen(withRing && ring is null, "This kernel offers no io_uring, or this sandbox forbids it.");
        return new WriteBatch(ring);
    }

    private static ServerFrame Frame(string text) => ServerFrame.Text(Encoding.UTF8.GetBytes(text));

    private async Task<List<SocketPeer>> ConnectAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            _peers.Add(await SocketPeer.ConnectAsync(_listener));
        }

        return _peers;
    }
}
