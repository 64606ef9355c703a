using System.Net;
using AspireChat.Tests.Cluster;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace AspireChat.Tests.Security;

public sealed class NetworkTests : ClusterTest
{
    [Theory]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("localhost:8080", HttpStatusCode.OK)]
    [InlineData("app.localhost", HttpStatusCode.OK)]
    [InlineData("127.0.0.1", HttpStatusCode.OK)]
    [InlineData("[::1]:80", HttpStatusCode.OK)]
    [InlineData("evil.example.com", HttpStatusCode.BadRequest)]
    [InlineData("localhost.example.com", HttpStatusCode.BadRequest)]
    [InlineData("127.0.0.1.example.com", HttpStatusCode.BadRequest)]
    [InlineData("10.0.0.1", HttpStatusCode.BadRequest)]
    public async Task Only_this_machines_own_names_are_answered(string host, HttpStatusCode expected)
    {
        var alone = await StartEchoAsync();

        using var answer = await SendAsync(alone, ("Host", host));

        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task Other_names_are_answered_where_they_are_allowed()
    {
        var alone = await StartEchoAsync(("AllowedHosts", "chat.example.com;*.example.org"));

        using var named = await SendAsync(alone, ("Host", "chat.example.com"));
        using var wild = await SendAsync(alone, ("Host", "a.example.org"));
        using var other = await SendAsync(alone, ("Host", "localhost"));

        Assert.Equal(HttpStatusCode.OK, named.StatusCode);
        Assert.Equal(HttpStatusCode.OK, wild.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, other.StatusCode);
    }

    [Fact]
    public async Task A_trusted_proxy_tells_where_a_request_came_from_and_only_its_last_word_counts()
    {
        var alone = await StartEchoAsync(("AllowedHosts", "127.0.0.1;chat.example.com"));

        Assert.Equal("https://chat.example.com from 203.0.113.7", await EchoAsync(
            alone, ("X-Forwarded-For", "198.51.100.1, 203.0.113.7"), ("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "chat.example.com")));
    }

    [Fact]
    public async Task A_forwarded_host_that_is_not_allowed_does_not_count()
    {
        var alone = await StartEchoAsync();

        Assert.DoesNotContain("evil", await EchoAsync(alone, ("X-Forwarded-Host", "evil.example.com")));
    }

    [Theory]
    [InlineData("203.0.113.0/24")]
    [InlineData("203.0.113.7, 2001:db8::/32")]
    [InlineData("")]
    public async Task The_word_of_a_proxy_that_is_not_trusted_does_not_count(string trusted)
    {
        var alone = await StartEchoAsync(("Chat:TrustedProxies", trusted), ("AllowedHosts", "127.0.0.1;chat.example.com"));

        var echo = await EchoAsync(alone, ("X-Forwarded-For", "203.0.113.7"), ("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "chat.example.com"));

        Assert.StartsWith("http://127.0.0.1:", echo);
        Assert.EndsWith(" from 127.0.0.1", echo);
    }

    [Fact]
    public async Task A_proxy_that_is_no_address_is_named_at_the_start()
    {
        var exception = await Assert.ThrowsAnyAsync<Exception>(() => StartEchoAsync(("Chat:TrustedProxies", "10.0.0.1, gateway")));

        Assert.Contains("'gateway', which is neither an address nor a network", exception.Message);
    }

    private static async Task<HttpResponseMessage> SendAsync(TestInstance instance, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/echo");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await instance.Http.SendAsync(request, Cancellation);
    }

    private static async Task<string> EchoAsync(TestInstance instance, params (string Name, string Value)[] headers)
    {
        using var answer = await SendAsync(instance, headers);
        return await answer.Content.ReadAsStringAsync(Cancellation);
    }

    private Task<TestInstance> StartEchoAsync(params (string Key, string? Value)[] settings) => StartAsync(
        "chat-1",
        redis: null,
        map: app => app.MapGet("/echo", (HttpContext context) =>
            $"{context.Request.Scheme}://{context.Request.Host} from {context.Connection.RemoteIpAddress}"),
        settings: settings);
}
