using System.Net;
using System.Net.Http.Headers;
using LocalAspire.Dashboard.Options;
using LocalAspire.Dashboard.Security;

namespace AspireChat.Tests.Dashboard;

/// <summary>Who gets in, and who does not.</summary>
public sealed class LoginTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_printed_address_logs_in_and_the_token_leaves_the_address()
    {
        await using var dashboard = await RunningDashboard.StartAsync();
        using var http = Client(dashboard);
        Assert.Equal(HttpStatusCode.Redirect, (await http.GetAsync("traces", Cancellation)).StatusCode);

        using var login = await http.GetAsync($"login?t={RunningDashboard.BrowserToken}&returnUrl=/traces", Cancellation);

        Assert.Equal((HttpStatusCode.Redirect, "/traces"), (login.StatusCode, login.Headers.Location!.ToString()));
        var cookie = login.Headers.GetValues("Set-Cookie").Single();
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("traces", Cancellation)).StatusCode);
    }

    [Theory]
    [InlineData("wrong")]
    [InlineData("")]
    [InlineData("the-browser-toke")]
    public async Task A_wrong_token_stays_outside(string token)
    {
        await using var dashboard = await RunningDashboard.StartAsync();
        using var http = Client(dashboard);

        using var login = await http.GetAsync($"login?t={token}", Cancellation);

        Assert.Equal(HttpStatusCode.Unauthorized, login.StatusCode);
        Assert.False(login.Headers.Contains("Set-Cookie") && login.Headers.GetValues("Set-Cookie").Any(cookie => cookie.StartsWith("LocalAspire", StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.Redirect, (await http.GetAsync("", Cancellation)).StatusCode);
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("evil")]
    public async Task A_login_leads_nowhere_else(string returnUrl)
    {
        await using var dashboard = await RunningDashboard.StartAsync();
        using var http = Client(dashboard);

        using var login = await http.GetAsync($"login?t={RunningDashboard.BrowserToken}&returnUrl={Uri.EscapeDataString(returnUrl)}", Cancellation);

        Assert.Equal("/", login.Headers.Location!.ToString());
    }

    [Fact]
    public async Task A_form_that_another_page_made_is_refused()
    {
        await using var dashboard = await RunningDashboard.StartAsync();
        using var http = Client(dashboard);

        using var without = await http.PostAsync("login", new FormUrlEncodedContent([new("token", RunningDashboard.BrowserToken)]), Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, without.StatusCode);

        using var foreign = new HttpRequestMessage(HttpMethod.Post, "login") { Content = new FormUrlEncodedContent([new("token", RunningDashboard.BrowserToken)]) };
        foreign.Headers.Add("Origin", "http://localhost:1");
        Assert.Equal(HttpStatusCode.Forbidden, (await http.SendAsync(foreign, Cancellation)).StatusCode);
    }

    [Theory]
    [InlineData("http://localhost:1")]
    [InlineData("null")]
    [InlineData("http://evil.example")]
    public async Task A_page_of_another_origin_opens_no_circuit_though_the_browser_sends_the_cookie(string origin)
    {
        await using var dashboard = await RunningDashboard.StartAsync();
        using var http = Client(dashboard);
        await http.GetAsync(dashboard.Login, Cancellation);

        using var upgrade = new HttpRequestMessage(HttpMethod.Get, "_blazor");
        upgrade.Headers.Add("Origin", origin);
        upgrade.Headers.Connection.Add("Upgrade");
        upgrade.Headers.Upgrade.Add(new ProductHeaderValue("websocket"));
        upgrade.Headers.Add("Sec-WebSocket-Version", "13");
        upgrade.Headers.Add("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");

        // Only the head: a refused upgrade closes the connection.
        using var answer = await http.SendAsync(upgrade, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task A_host_name_that_is_not_this_machine_s_is_refused()
    {
        await using var dashboard = await RunningDashboard.StartAsync();
        using var http = Client(dashboard);
        using var rebound = new HttpRequestMessage(HttpMethod.Get, "login");
        rebound.Headers.Host = "evil.example";

        Assert.Equal(HttpStatusCode.BadRequest, (await http.SendAsync(rebound, Cancellation)).StatusCode);
    }

    [Fact]
    public async Task Pages_forbid_foreign_scripts_and_frames()
    {
        await using var dashboard = await RunningDashboard.StartAsync();
        using var http = Client(dashboard);

        using var login = await http.GetAsync("login", Cancellation);

        var policy = login.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", login.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Fact]
    public async Task Unsecured_lets_everybody_in_and_health_is_told_to_all()
    {
        await using var dashboard = await RunningDashboard.StartAsync("Dashboard:Frontend:AuthMode=Unsecured");
        using var http = Client(dashboard);

        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("", Cancellation)).StatusCode);
        Assert.Equal("Healthy", await http.GetStringAsync("health", Cancellation));
    }

    [Theory]
    [InlineData("http://0.0.0.0:0", "other machines reach")]
    [InlineData("https://localhost:0", "no plain HTTP address")]
    [InlineData("nonsense", "no plain HTTP address")]
    public void An_address_that_others_reach_is_refused_at_start(string address, string reason)
    {
        var options = new DashboardOptions { Frontend = { EndpointUrl = address } };

        Assert.Contains(reason, new DashboardOptionsValidator().Validate(null, options).FailureMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void A_guarded_entrance_without_a_key_is_refused_at_start()
    {
        var options = new DashboardOptions { Otlp = { AuthMode = AuthMode.ApiKey }, Api = { Enabled = true }, ResourceServiceClient = { AuthMode = AuthMode.ApiKey } };

        var failures = new DashboardOptionsValidator().Validate(null, options).Failures!.ToList();

        Assert.Equal(3, failures.Count);
        Assert.Contains("'DASHBOARD__OTLP__AUTHMODE' is 'ApiKey' without a key. Set 'DASHBOARD__OTLP__PRIMARYAPIKEY'.", failures);
    }

    [Theory]
    [InlineData("key", true)]
    [InlineData("Key", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Only_a_key_that_is_set_matches(string? shown, bool matches) => Assert.Equal(matches, ApiKeys.Match(shown, "key", null, ""));

    private static HttpClient Client(RunningDashboard dashboard) =>
        new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = dashboard.Frontend };
}
