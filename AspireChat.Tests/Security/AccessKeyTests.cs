using System.Net;
using System.Net.Http.Headers;
using AspireChat.ChatServer;
using AspireChat.ChatServer.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AspireChat.Tests.Security;

public sealed class AccessKeyTests
{
    [Theory]
    [InlineData("/admin", "X-Admin-Key", "the-admin-key", HttpStatusCode.OK)]
    [InlineData("/admin", "X-Admin-Key", "the-admin-kez", HttpStatusCode.Unauthorized)]
    [InlineData("/admin", "X-Admin-Key", "the-admin-key-and-more", HttpStatusCode.Unauthorized)]
    [InlineData("/admin", "X-Admin-Key", "", HttpStatusCode.Unauthorized)]
    [InlineData("/admin", "X-Api-Key", "the-admin-key", HttpStatusCode.Unauthorized)]
    [InlineData("/admin", "X-Admin-Key", "the-api-key", HttpStatusCode.Unauthorized)]
    [InlineData("/api", "X-Api-Key", "the-api-key", HttpStatusCode.OK)]
    [InlineData("/api", "X-Api-Key", "the-admin-key", HttpStatusCode.Unauthorized)]
    [InlineData("/grouped/inner", "X-Admin-Key", "the-admin-key", HttpStatusCode.OK)]
    [InlineData("/grouped/inner", "X-Admin-Key", "wrong", HttpStatusCode.Unauthorized)]
    public async Task An_endpoint_answers_to_its_own_key_alone(string path, string header, string key, HttpStatusCode expected)
    {
        await using var app = await StartAsync("the-admin-key", "the-api-key");

        using var answer = await GetAsync(app, path, header, key);

        Assert.Equal(expected, answer.StatusCode);
        if (expected == HttpStatusCode.Unauthorized)
        {
            Assert.Contains("\"code\":\"unauthorized\"", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task Where_no_key_is_configured_the_endpoint_does_not_exist(string? configured)
    {
        await using var app = await StartAsync(configured, configured);

        foreach (var (path, header) in new[] { ("/admin", "X-Admin-Key"), ("/api", "X-Api-Key"), ("/grouped/inner", "X-Admin-Key") })
        {
            using var without = await GetAsync(app, path, "X-Other", "any");
            using var empty = await GetAsync(app, path, header, "");
            using var missing = await GetAsync(app, "/missing", header, "any");

            Assert.Equal(HttpStatusCode.NotFound, without.StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, empty.StatusCode);
            Assert.Equal(await missing.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), await without.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task The_body_is_not_read_before_the_key_is_checked()
    {
        await using var app = await StartAsync("the-admin-key", "the-api-key");
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };

        using var answer = await http.PostAsync("/body", new StringContent("{ not json", MediaTypeHeaderValue.Parse("application/json")), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    private static async Task<HttpResponseMessage> GetAsync(WebApplication app, string path, string header, string key)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, app.Urls.Single() + path);
        request.Headers.TryAddWithoutValidation(header, key);
        return await http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static async Task<WebApplication> StartAsync(string? adminKey, string? apiKey)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.Configure<ChatOptions>(options => (options.AdminKey, options.ApiKey) = (adminKey, apiKey));

        var app = builder.Build();
        app.MapGet("/admin", () => "admin").RequireAdminKey();
        app.MapGet("/api", () => "api").RequireApiKey();
        app.MapPost("/body", (Dictionary<string, string> body) => body.Count).RequireApiKey();
        app.MapGroup("/grouped").RequireAdminKey().MapGet("/inner", () => "inner");
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }
}
