using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Hosting;

namespace AspireChat.Tests.Lab;

public sealed class LabSessionEndpointTests
{
    [Fact]
    public async Task The_code_is_exchanged_for_a_cookie_that_no_script_and_no_other_site_can_use()
    {
        await using var lab = await LabUnderTest.StartAsync();
        Assert.False(await HasSessionAsync(lab));

        using var answer = await lab.ExchangeAsync();

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie);
        Assert.Contains("samesite=strict", cookie);
        Assert.Contains("path=/admin", cookie);
        Assert.DoesNotContain(LabUnderTest.Code, cookie);
        Assert.DoesNotContain(LabUnderTest.AdminKey, cookie + await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.True(await HasSessionAsync(lab));
    }

    [Fact]
    public async Task The_code_works_once()
    {
        await using var lab = await LabUnderTest.StartAsync();
        await lab.OpenSessionAsync();

        using var answer = await lab.ExchangeAsync();

        await RefusedAsync(answer, "bad_code", "The code is wrong, was used before or is too old; restart the app host for another.");
    }

    [Fact]
    public async Task A_wrong_code_gives_no_session()
    {
        await using var lab = await LabUnderTest.StartAsync();

        using var answer = await lab.ExchangeAsync("0123456789abcdee");

        await RefusedAsync(answer, "bad_code", "The code is wrong, was used before or is too old; restart the app host for another.");
        Assert.False(await HasSessionAsync(lab));
    }

    [Theory]
    [InlineData("http://evil.example")]
    [InlineData("http://localhost:1")]
    [InlineData("null")]
    public async Task Another_page_cannot_exchange_the_code(string origin)
    {
        await using var lab = await LabUnderTest.StartAsync();

        using var answer = await lab.ExchangeAsync(origin: origin);

        await RefusedAsync(answer, "foreign_origin", "A session is opened by the lab's own page only.");
    }

    [Fact]
    public async Task Without_a_code_the_lab_is_there_and_read_only()
    {
        await using var lab = await LabUnderTest.StartAsync(Environments.Development);

        using var exchange = await lab.ExchangeAsync();
        using var page = await lab.SendAsync(HttpMethod.Get, "/lab/");

        Assert.Equal(HttpStatusCode.NotFound, exchange.StatusCode);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.False(await HasSessionAsync(lab));
    }

    [Fact]
    public async Task In_production_there_is_no_lab()
    {
        await using var lab = await LabUnderTest.StartAsync(Environments.Production, ("Lab:Code", LabUnderTest.Code), ("Lab:AdminKey", LabUnderTest.AdminKey));

        foreach (var path in new[] { "/lab", "/lab/", "/lab/index.html", "/lab/surroundings" })
        {
            using var answer = await lab.SendAsync(HttpMethod.Get, path);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }

        using var exchange = await lab.ExchangeAsync();
        Assert.False(exchange.Headers.Contains("Set-Cookie"));
        Assert.Equal("", lab.KeyThatArrived());
    }

    [Fact]
    public async Task The_page_may_start_its_worker_and_nothing_else()
    {
        await using var lab = await LabUnderTest.StartAsync();

        using var page = await lab.SendAsync(HttpMethod.Get, "/lab/");
        using var chat = await lab.SendAsync(HttpMethod.Get, "/");

        Assert.EndsWith("trusted-types aspirechat-lab", Assert.Single(page.Headers.GetValues("Content-Security-Policy")));
        Assert.EndsWith("trusted-types 'none'", Assert.Single(chat.Headers.GetValues("Content-Security-Policy")));
    }

    private static async Task<bool> HasSessionAsync(LabUnderTest lab)
    {
        using var answer = await lab.SendAsync(HttpMethod.Get, "/admin/session");
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("open").GetBoolean();
    }

    private static async Task RefusedAsync(HttpResponseMessage answer, string code, string message)
    {
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.Equal((code, message), (body.GetProperty("code").GetString(), body.GetProperty("message").GetString()));
    }
}
