using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using AspireChat.ChatServer.Security.Identity;
using AspireChat.Tests.Backplane;
using AspireChat.Tests.ChatServers;
using AspireChat.Tests.Security;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace AspireChat.Tests.Connections.Direct;

/// <summary>Which connections are taken before the web server, and that nobody can tell by the answer.</summary>
public sealed class DirectConnectionsTests
{
    private const string Key = "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    private const string Plain = "GET /ws HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" + Key + "\r\n";

    /// <summary>Made by the web server's meter, at which requests that it has upgraded itself show.</summary>
    private const string Upgraded = "kestrel.upgraded_connections";
    private const string Connections = "kestrel.active_connections";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("direct", 0)]
    [InlineData("kestrel", 1)]
    public async Task An_upgrade_is_served_by_the_transport_that_is_set(string transport, int upgraded)
    {
        await using var server = await TestChatServer.StartAsync(settings: ("Chat:Transport", transport));
        using var metrics = new MetricSums(server.Services.GetRequiredService<IMeterFactory>());
        await using var client = await server.ConnectAsync();

        await Eventually.Is("the web server has counted it", () => (metrics[Upgraded], metrics[Connections]) == (upgraded, 1));
        await client.DisposeAsync();
        await Eventually.Is("the connection is counted out", () => metrics[Connections] == 0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(150)]
    public async Task A_head_that_comes_in_two_packets_is_read_as_well(int first)
    {
        await using var server = await StartAsync();
        using var tcp = await ConnectAsync(server);

        await SendAsync(tcp, Plain[..first]);
        await SendAsync(tcp, Plain[first..]);

        Assert.Equal(101, (await Handshake.ReadAsync(tcp.GetStream())).Status);
        await ReadToAsync(tcp.GetStream(), "welcome");
    }

    [Fact]
    public async Task Frames_that_come_with_the_head_are_not_lost()
    {
        await using var server = await StartAsync();
        using var metrics = new MetricSums(server.Services.GetRequiredService<IMeterFactory>());
        using var tcp = await ConnectAsync(server);
        byte[] pings = [.. TestClient.Encode(0x81, "{\"type\":\"ping\",\"t\":1}"u8), .. TestClient.Encode(0x81, "{\"type\":\"ping\",\"t\":2}"u8)];

        await tcp.GetStream().WriteAsync((byte[])[.. Encoding.ASCII.GetBytes(Plain), .. pings], Cancellation);

        Assert.Equal(101, (await Handshake.ReadAsync(tcp.GetStream())).Status);
        await ReadToAsync(tcp.GetStream(), "\"t\":1}");
        await ReadToAsync(tcp.GetStream(), "\"t\":2}");
        Assert.Equal(0, metrics[Upgraded]);
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
    [InlineData("a request behind a refused one", "13\r\n", "14\r\n")]
    [InlineData("no upgrade", "Upgrade: websocket\r\n", "")]
    [InlineData("a bad key", "dGhlIHNhbXBsZSBub25jZQ==", "x")]
    [InlineData("a foreign origin", "\r\n\r\n", "\r\nOrigin: https://evil.example\r\n\r\n")]
    [InlineData("an origin behind a proxy", "\r\n\r\n", "\r\nOrigin: https://localhost\r\nX-Forwarded-Proto: https\r\n\r\n")]
    [InlineData("a foreign origin behind a proxy", "\r\n\r\n", "\r\nOrigin: https://localhost\r\nX-Forwarded-Host: evil.localhost\r\n\r\n")]
    [InlineData("a foreign sub-protocol", "\r\n\r\n", "\r\nSec-WebSocket-Protocol: chat\r\n\r\n")]
    [InlineData("a sub-protocol", "\r\n\r\n", "\r\nSec-WebSocket-Protocol: x, aspirechat.v1\r\n\r\n")]
    public async Task Both_transports_give_the_same_answer(string what, string part, string instead)
    {
        await using var direct = await StartAsync();
        await using var kestrel = await TestChatServer.StartAsync();
        var request = part.Length == 0 ? Plain : Plain.Replace(part, instead, StringComparison.Ordinal);

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
        await using var server = await StartAsync();
        using var http = new HttpClient { BaseAddress = server.Address };

        Assert.Equal("Healthy", await http.GetStringAsync("/health", Cancellation));
        Assert.Contains("chat-1", await http.GetStringAsync("/api/instance", Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_upgrade_with_a_token_is_left_to_the_web_server()
    {
        await using var server = await TestChatServer.StartAsync(settings: [("Chat:Transport", "direct"), .. TestTokens.Settings]);
        using var metrics = new MetricSums(server.Services.GetRequiredService<IMeterFactory>());

        Assert.Equal(401, (await TestClient.TryOpenAsync(server.Address, [])).Handshake.Status);
        var (handshake, client) = await TestClient.TryOpenAsync(server.Address, [$"Authorization: Bearer {TestTokens.Token("ann")}"]);

        Assert.Equal(101, handshake.Status);
        await Eventually.Is("the web server has upgraded it", () => metrics[Upgraded] == 1);
        await client!.DisposeAsync();
    }

    [Fact]
    public async Task A_ticket_is_good_for_one_connection_and_the_user_s_place_is_freed()
    {
        await using var server = await TestChatServer.StartAsync(
            settings: [("Chat:Transport", "direct"), ("Chat:Limits:ConnectionsPerUser", "1"), .. TestTokens.Settings]);
        using var metrics = new MetricSums(server.Services.GetRequiredService<IMeterFactory>());
        var ticket = await NewTicketAsync();

        var (handshake, client) = await TestClient.TryOpenAsync(server.Address, [], $"aspirechat.v1, ticket.{ticket}");
        Assert.Equal((101, 0), (handshake.Status, metrics[Upgraded]));
        Assert.Equal(401, (await TestClient.TryOpenAsync(server.Address, [], $"aspirechat.v1, ticket.{ticket}")).Handshake.Status);
        Assert.Equal(429, (await TestClient.TryOpenAsync(server.Address, [], $"aspirechat.v1, ticket.{await NewTicketAsync()}")).Handshake.Status);

        await client!.DisposeAsync();
        await Eventually.Is("the place is free again", async () =>
        {
            var (again, next) = await TestClient.TryOpenAsync(server.Address, [], $"aspirechat.v1, ticket.{await NewTicketAsync()}");
            await (next?.DisposeAsync() ?? ValueTask.CompletedTask);
            return again.Status == 101;
        });

        ValueTask<string> NewTicketAsync() => server.Services.GetRequiredService<ITicketStore>().IssueAsync(new ConnectionIdentity
        {
            Name = "ann",
            ExpiresAt = TimeProvider.System.GetUtcNow().AddMinutes(5),
            Claims = new Dictionary<string, string[]>(),
        });
    }

    [Fact]
    public async Task Where_TLS_is_asked_for_nothing_is_served_without_it()
    {
        using var certificate = NewCertificate();
        await using var server = await TestChatServer.StartAsync(certificate: certificate, settings: ("Chat:Transport", "direct"));
        using var metrics = new MetricSums(server.Services.GetRequiredService<IMeterFactory>());
        using var socket = new ClientWebSocket();
        socket.Options.RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == certificate.Thumbprint;

        await socket.ConnectAsync(new UriBuilder(server.Address) { Scheme = "wss", Path = "/ws" }.Uri, Cancellation);
        await Eventually.Is("the web server has upgraded it", () => metrics[Upgraded] == 1);

        using var tcp = await ConnectAsync(server);
        await SendAsync(tcp, Plain);
        var answer = await new StreamReader(tcp.GetStream()).ReadToEndAsync(Cancellation);
        Assert.DoesNotContain("101", answer, StringComparison.Ordinal);
        Assert.Equal(1, server.Connections.Count);
    }

    [Fact]
    public async Task Where_only_HTTP_2_is_spoken_an_upgrade_is_not_taken()
    {
        await using var server = await TestChatServer.StartAsync(protocols: HttpProtocols.Http2, settings: ("Chat:Transport", "direct"));
        using var tcp = await ConnectAsync(server);

        await SendAsync(tcp, Plain);

        Assert.DoesNotContain("101", await new StreamReader(tcp.GetStream()).ReadToEndAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connections_that_have_said_nothing_do_not_hold_up_a_stop()
    {
        await using var server = await StartAsync();
        using var metrics = new MetricSums(server.Services.GetRequiredService<IMeterFactory>());
        using var silent = await ConnectAsync(server);
        await Eventually.Is("it is accepted", () => metrics[Connections] == 1);
        var started = Stopwatch.GetTimestamp();

        await server.StopAsync();

        Assert.Equal(0, await silent.GetStream().ReadAsync(new byte[1], Cancellation));
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(4));
    }

    [Fact]
    public async Task A_peer_that_is_gone_is_noticed()
    {
        await using var server = await StartAsync();
        await using var client = await server.ConnectAsync();

        client.Cut();

        await Eventually.Is("the connection is gone", () => server.Connections.Count == 0);
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
        await using var server = await StartAsync();

        var (_, client) = await TestClient.TryOpenAsync(server.Address, [$"traceparent: 00-{Trace}-b7ad6b7169203331-01"]);

        await client!.NextAsync("welcome");
        var span = await ended.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        Assert.Equal("b7ad6b7169203331", span.ParentSpanId.ToHexString());
        Assert.Equal(span.Context, Assert.Single(server.Connections.All).Upgrade);
        await client.DisposeAsync();
    }

    [Fact]
    public async Task Another_transport_is_named_at_the_start()
    {
        var exception = await Assert.ThrowsAnyAsync<Exception>(() => TestChatServer.StartAsync(settings: ("Chat:Transport", "Direct")));

        Assert.Contains("Chat:Transport must be kestrel or direct.", exception.Message, StringComparison.Ordinal);
    }

    private static Task<TestChatServer> StartAsync() => TestChatServer.StartAsync(settings: ("Chat:Transport", "direct"));

    private static async Task<TcpClient> ConnectAsync(TestChatServer server)
    {
        var tcp = new TcpClient { NoDelay = true };
        await tcp.ConnectAsync(IPAddress.Loopback, server.Address.Port, Cancellation);
        return tcp;
    }

    private static async Task SendAsync(TcpClient tcp, string text) => await tcp.GetStream().WriteAsync(Encoding.Latin1.GetBytes(text), Cancellation);

    private static async Task<Handshake> AskAsync(TestChatServer server, string request)
    {
        using var tcp = await ConnectAsync(server);
        await SendAsync(tcp, request);
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

    private static X509Certificate2 NewCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
    }
}
