using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using AspireChat.Tests.ChatServers;
using AspireChat.Tests.EndToEnd;

namespace AspireChat.Tests.Security;

/// <summary>Administration and faults, through the gateway as anybody reaches it.</summary>
public sealed class AdministrationTests(SharedChatApp shared)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("PUT", "/admin/backplane")]
    [InlineData("GET", "/admin/bans")]
    [InlineData("PUT", "/admin/bans/ann")]
    [InlineData("DELETE", "/admin/bans/ann")]
    [InlineData("POST", "/admin/faults/exit")]
    [InlineData("POST", "/admin/faults/pause-redis")]
    [InlineData("POST", "/ADMIN/faults/exit")]
    [InlineData("POST", "/%61dmin/faults/exit")]
    [InlineData("POST", "/api/../admin/faults/exit")]
    [InlineData("POST", "/api/%2e%2e/admin/faults/exit")]
    [InlineData("POST", "/api/..%2fadmin/faults/exit")]
    [InlineData("POST", "//admin/faults/exit")]
    [InlineData("POST", "/admin//faults/exit")]
    [InlineData("POST", "/admin/faults/exit;/x")]
    [InlineData("POST", "/ws/../admin/faults/exit")]
    public async Task Without_the_key_nothing_is_done(string method, string path)
    {
        var app = await shared.GetAsync();
        string[] keys = ["", "X-Admin-Key: wrong\r\n", "X-Admin-Key:\r\n", $"X-Admin-Key: {app.ApiKey}\r\n", $"X-Api-Key: {app.AdminKey}\r\n", "Cookie: lab=1\r\n"];

        foreach (var key in keys)
        {
            var status = await AskAsync(app.Gateway, method, path, key);
            Assert.True(status is >= 400 and < 500, $"{method} {path} with '{key.Trim()}' is answered {status}.");
        }
    }

    [Fact]
    public async Task With_the_key_it_is()
    {
        var app = await shared.GetAsync();
        using var http = app.CreateClient();
        http.DefaultRequestHeaders.Add("X-Admin-Key", app.AdminKey);

        using var answer = await http.GetAsync("/admin/bans", Cancellation);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(JsonValueKind.Array, (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("names").ValueKind);
    }

    /// <summary>As bytes: a client library would tidy the path up.</summary>
    private static async Task<int> AskAsync(Uri gateway, string method, string path, string key)
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(gateway.Host, gateway.Port, Cancellation);
        var request = $"{method} {path} HTTP/1.1\r\nHost: {gateway.Authority}\r\n{key}Content-Type: application/json\r\nContent-Length: 17\r\nConnection: close\r\n\r\n{{\"mode\":\"pubsub\"}}";
        await tcp.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request), Cancellation);
        await using var stream = new BufferedStream(tcp.GetStream());
        return (await Handshake.ReadAsync(stream)).Status;
    }
}
