using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text;
using AspireChat.Tests.Backplane;
using AspireChat.Tests.ChatServers;
using Microsoft.Extensions.DependencyInjection;

namespace AspireChat.Tests.Connections.Direct;

/// <summary>That nobody can tell by the answer whether a connection was taken before the web server.</summary>
public sealed class DirectAnswersTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(150)]
    public async Task A_head_that_comes_in_two_packets_is_read_as_well(int first)
    {
        await using var server = await DirectServer.StartAsync();
        using var tcp = await DirectServer.ConnectAsync(server);

        await DirectServer.SendAsync(tcp, DirectServer.Plain[..first]);
        await DirectServer.SendAsync(tcp, DirectServer.Plain[first..]);

        Assert.Equal(101, (await Handshake.ReadAsync(tcp.GetStream())).Status);
        await ReadToAsync(tcp.GetStream(), "welcome");
    }

    [Fact]
    public async Task Frames_that_come_with_the_head_are_not_lost()
    {
        await using var server = await DirectServer.StartAsync();
        using var metrics = new MetricSums(server.Services.GetRequiredService<IMeterFactory>());
        using var tcp = await DirectServer.ConnectAsync(server);
        byte[] pings = [.. TestClient.Encode(0x81, "{\"type\":\"ping\",\"t\":1}"u8), .. TestClient.Encode(0x81, "{\"type\":\"ping\",\"t\":2}"u8)];

        await tcp.GetStream().WriteAsync((byte[])[.. Encoding.ASCII.GetBytes(DirectServer.Plain), .. pings], Cancellation);

        Assert.Equal(101, (await Handshake.ReadAsync(tcp.GetStream())).Status);
        await ReadToAsync(tcp.GetStream(), "\"t\":1}");
        await ReadToAsync(tcp.GetStream(), "\"t\":2}");
        Assert.Equal(0, metrics[DirectServer.Upgraded]);
    }

    [Theory]
    [InlineData("an upgrade", "", "")]
    [InlineData("a query", "/ws", "/ws?a=1")]
    [InlineData("an old version of HTTP", "HTTP/1.1", "HTTP/1.0")]
    [InlineData("lines that end with LF alone", "\r\n", "\n")]
    [InlineData("no line end", "\r\n\r\n", "\0\r\n\r\n")]
    [InlineData("a folded line", "Upgrade: websocket", "Upgrade:\r\n websocket")]
    [InlineData("two hosts", "Host:", "Host: evil.example\r\nHost:")]
    [InlineData("no host", "Host: localhost\r\n", "")]
    [InlineData("a foreign host", "localhost", "evil.example")]
    [InlineData("a body", "\r\n\r\n", "\r\nContent-Length: 4\r\n\r\nGET ")]
    [InlineData("a body in chunks", "\r\n\r\n", "\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("a body of two lengths", "\r\n\r\n", "\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("a foreign version of the WebSocket", "13\r\n", "14\r\n")]
    [InlineData("a request behind a refused one", "\r\n\r\n", "\r\nOrigin: null\r\n\r\nGET / HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("no upgrade", "Upgrade: websocket\r\n", "")]
    [InlineData("a bad key", "dGhlIHNhbXBsZSBub25jZQ==", "x")]
    [InlineData("a foreign origin", "\r\n\r\n", "\r\nOrigin: https://evil.example\r\n\r\n")]
    [InlineData("an origin behind a proxy", "\r\n\r\n", "\r\nOrigin: https://localhost\r\nX-Forwarded-Proto: https\r\n\r\n")]
    [InlineData("a foreign origin behind a proxy", "\r\n\r\n", "\r\nOrigin: https://localhost\r\nX-Forwarded-Host: evil.localhost\r\n\r\n")]
    [InlineData("a foreign sub-protocol", "\r\n\r\n", "\r\nSec-WebSocket-Protocol: chat\r\n\r\n")]
    [InlineData("a sub-protocol", "\r\n\r\n", "\r\nSec-WebSocket-Protocol: x, aspirechat.v1\r\n\r\n")]
    public async Task Both_transports_give_the_same_answer(string what, string part, string instead)
    {
        await using var direct = await DirectServer.StartAsync();
        await using var kestrel = await TestChatServer.StartAsync();
        var request = part.Length == 0 ? DirectServer.Plain : DirectServer.Plain.Replace(part, instead, StringComparison.Ordinal);

        var (one, other) = (await AskAsync(direct, request), await AskAsync(kestrel, request));

        Assert.True(one.Status == other.Status, $"{what}: {one.Status} and {other.Status}");
        Assert.Equal(other.Body, one.Body);
        Assert.Equal(Compared(other), Compared(one));

        // How long a body is can be told in two ways, and who refuses an upgrade need not keep the connection.
        static IEnumerable<string> Compared(Handshake answer) => answer.Headers
            .Where(header => header.Key is not ("Date" or "Content-Length" or "Transfer-Encoding") && (header.Key, header.Value) is not ("Connection", "close"))
            .Select(header => $"{header.Key}: {header.Value}")
            .Order();
    }

    [Fact]
    public async Task Other_requests_on_the_same_port_are_answered()
    {
        await using var server = await DirectServer.StartAsync();
        using var http = new HttpClient { BaseAddress = server.Address };

        Assert.Equal("Healthy", await http.GetStringAsync("/health", Cancellation));
        Assert.Contains("chat-1", await http.GetStringAsync("/api/instance", Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_span_of_an_upgrade_ends_with_it_and_belongs_to_the_caller_s_trace()
    {
        const string Trace = "0af7651916cd43dd8448eb211c80319c";
        var ended = new TaskCompletionSource<Activity>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                if (activity.TraceId.ToHexString() == Trace)
                {
                    ended.TrySetResult(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        await using var server = await DirectServer.StartAsync();

        var (_, client) = await TestClient.TryOpenAsync(server.Address, [$"traceparent: 00-{Trace}-b7ad6b7169203331-01"]);

        await client!.NextAsync("welcome");
        var span = await ended.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        Assert.Equal("b7ad6b7169203331", span.ParentSpanId.ToHexString());
        Assert.Equal(span.Context, Assert.Single(server.Connections.All).Upgrade);
        await client.DisposeAsync();
    }

    private static async Task<Handshake> AskAsync(TestChatServer server, string request)
    {
        using var tcp = await DirectServer.ConnectAsync(server);
        await DirectServer.SendAsync(tcp, request);
        return await Handshake.ReadAsync(tcp.GetStream());
    }

    private static async Task ReadToAsync(Stream stream, string end)
    {
        var read = new StringBuilder();
        var one = new byte[1];
        while (!read.ToString().EndsWith(end, StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(one, Cancellation);
            read.Append((char)one[0]);
        }
    }
}
