using System.Diagnostics;
using System.Diagnostics.Metrics;
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

/// <summary>Which connections are taken before the web server, and where their limits are.</summary>
public sealed class DirectConnectionsTests
{
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

        await Eventually.Is("the web server has counted it", () => (metrics[DirectServer.Upgraded], metrics[Connections]) == (upgraded, 1));
        await client.DisposeAsync();
        await Eventually.Is("the connection is counted out", () => metrics[Connections] == 0);
    }

    [Fact]
    public async Task An_upgrade_with_a_token_is_left_to_the_web_server()
    {
        await using var server = await TestChatServer.StartAsync(settings: [("Chat:Transport", "direct"), .. TestTokens.Settings]);
        using var metrics = new MetricSums(server.Services.GetRequiredService<IMeterFactory>());

        Assert.Equal(401, (await TestClient.TryOpenAsync(server.Address, [])).Handshake.Status);
        var (handshake, client) = await TestClient.TryOpenAsync(server.Address, [$"Authorization: Bearer {TestTokens.Token("ann")}"]);

        Assert.Equal(101, handshake.Status);
        await Eventually.Is("the web server has upgraded it", () => metrics[DirectServer.Upgraded] == 1);
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
        Assert.Equal((101, 0), (handshake.Status, metrics[DirectServer.Upgraded]));
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
        await Eventually.Is("the web server has upgraded it", () => metrics[DirectServer.Upgraded] == 1 && server.Connections.Count == 1);

        using var tcp = await DirectServer.ConnectAsync(server);
        await DirectServer.SendAsync(tcp, DirectServer.Plain);
        Assert.DoesNotContain("101", await ReadAllAsync(tcp), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_only_HTTP_2_is_spoken_an_upgrade_is_not_taken()
    {
        await using var server = await TestChatServer.StartAsync(protocols: HttpProtocols.Http2, settings: ("Chat:Transport", "direct"));
        using var tcp = await DirectServer.ConnectAsync(server);

        await DirectServer.SendAsync(tcp, DirectServer.Plain);

        Assert.DoesNotContain("101", await ReadAllAsync(tcp), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connections_that_have_said_nothing_do_not_hold_up_a_stop()
    {
        await using var server = await DirectServer.StartAsync();
        using var metrics = new MetricSums(server.Services.GetRequiredService<IMeterFactory>());
        using var silent = await DirectServer.ConnectAsync(server);
        await Eventually.Is("it is accepted", () => metrics[Connections] == 1);
        var started = Stopwatch.GetTimestamp();

        await server.StopAsync();

        Assert.Equal(0, await silent.GetStream().ReadAsync(new byte[1], Cancellation));
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(4));
    }

    [Fact]
    public async Task A_peer_that_is_gone_is_noticed()
    {
        await using var server = await DirectServer.StartAsync();
        await using var client = await server.ConnectAsync();

        client.Cut();

        await Eventually.Is("the connection is gone", () => server.Connections.Count == 0);
    }

    [Fact]
    public async Task Another_transport_is_named_at_the_start()
    {
        var exception = await Assert.ThrowsAnyAsync<Exception>(() => TestChatServer.StartAsync(settings: ("Chat:Transport", "Direct")));

        Assert.Contains("Chat:Transport must be kestrel or direct.", exception.Message, StringComparison.Ordinal);
    }

    /// <summary>What comes until the server ends the connection, politely or not: it has bytes that it did not read.</summary>
    private static async Task<string> ReadAllAsync(TcpClient tcp)
    {
        var read = new StringBuilder();
        var buffer = new byte[1024];
        try
        {
            while (await tcp.GetStream().ReadAsync(buffer, Cancellation) is > 0 and var count)
            {
                read.Append(Encoding.Latin1.GetString(buffer, 0, count));
            }
        }
        catch (IOException)
        {
            // Reset: what came before it is all there is.
        }

        return read.ToString();
    }

    private static X509Certificate2 NewCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
    }
}
