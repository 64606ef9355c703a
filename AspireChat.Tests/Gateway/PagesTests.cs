using System.Net;
using System.Net.Http.Headers;

namespace AspireChat.Tests.Gateway;

public sealed class PagesTests
{
    [Fact]
    public async Task The_chat_page_comes_from_the_gateway_with_a_policy_that_lets_nothing_else_in()
    {
        await using var gateway = await GatewayUnderTest.StartAsync([("services:chat-1:http:0", "http://127.0.0.1:1")]);

        using var answer = await gateway.Http.GetAsync("/?room=lobby&name=Ann", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy);
        Assert.Contains("frame-ancestors 'none'", policy);
        Assert.DoesNotContain("unsafe", policy);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.False(answer.Headers.Contains("Server"));
    }

    [Fact]
    public async Task An_unchanged_page_is_not_sent_twice()
    {
        await using var gateway = await GatewayUnderTest.StartAsync([("services:chat-1:http:0", "http://127.0.0.1:1")]);
        using var first = await gateway.Http.GetAsync("/", TestContext.Current.CancellationToken);

        using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { IfNoneMatch = { first.Headers.ETag! } } };
        using var second = await gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(new CacheControlHeaderValue { NoCache = true }, first.Headers.CacheControl);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }
}
