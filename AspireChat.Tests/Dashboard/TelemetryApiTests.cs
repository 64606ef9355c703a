using System.Net;
using System.Text.Json;
using LocalAspire.Dashboard.Telemetry;

namespace AspireChat.Tests.Dashboard;

public sealed class TelemetryApiTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_the_key_it_says_nothing_and_switched_off_it_is_not_there()
    {
        await using var dashboard = await RunningDashboard.StartAsync();
        using var http = new HttpClient { BaseAddress = dashboard.Frontend };
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync("api/telemetry/resources", Cancellation)).StatusCode);

        await using var without = await RunningDashboard.StartAsync("Dashboard:Api:Enabled=false");
        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var direct = new HttpClient(handler) { BaseAddress = without.Frontend };
        direct.DefaultRequestHeaders.Add("x-api-key", RunningDashboard.ApiKey);
        Assert.NotEqual(HttpStatusCode.OK, (await direct.GetAsync("api/telemetry/resources", Cancellation)).StatusCode);
    }

    [Fact]
    public async Task Spans_come_back_as_OTLP_s_JSON()
    {
        await using var dashboard = await FilledAsync();
        using var http = Client(dashboard);

        using var answer = await GetAsync(http, "api/telemetry/spans?resource=chat-2&limit=3");

        var root = answer.RootElement;
        Assert.Equal(3, root.GetProperty("returnedCount").GetInt32());
        Assert.InRange(root.GetProperty("totalCount").GetInt32(), 10, 100);
        var ofResource = root.GetProperty("data").GetProperty("resourceSpans")[0];
        Assert.Equal("chat-2", ofResource.GetProperty("resource").GetProperty("attributes")[0].GetProperty("value").GetProperty("stringValue").GetString());
        var span = ofResource.GetProperty("scopeSpans")[0].GetProperty("spans")[0];
        Assert.Matches("^[0-9a-f]{32}$", span.GetProperty("traceId").GetString());
        Assert.Matches("^[0-9]+$", span.GetProperty("startTimeUnixNano").GetString());
        Assert.Equal(JsonValueKind.Number, span.GetProperty("kind").ValueKind);
    }

    [Fact]
    public async Task A_trace_is_found_by_its_id_and_one_that_is_not_kept_is_404()
    {
        await using var dashboard = await FilledAsync();
        using var http = Client(dashboard);
        var trace = dashboard.Telemetry.Traces.Read().First(one => one.Reach == 3);

        using var found = await GetAsync(http, $"api/telemetry/traces/{trace.Id}");
        Assert.Equal(3, found.RootElement.GetProperty("data").GetProperty("resourceSpans").GetArrayLength());

        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync($"api/telemetry/traces/{new TraceId(1, 2)}", Cancellation)).StatusCode);
    }

    [Fact]
    public async Task Filters_leave_out_what_was_not_asked_for()
    {
        await using var dashboard = await FilledAsync();
        using var http = Client(dashboard);

        Assert.Equal(dashboard.Telemetry.Traces.Read().Count(trace => trace.ErrorCount > 0), await CountAsync(http, "api/telemetry/traces?hasError=true"));
        Assert.Equal(1, await CountAsync(http, "api/telemetry/logs?severity=error"));
        Assert.Equal(2, await CountAsync(http, "api/telemetry/logs?severity=info&resource=chat-1&resource=gateway"));
        Assert.Equal(0, await CountAsync(http, "api/telemetry/spans?resource=nobody"));
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=many")]
    [InlineData("traceId=xyz")]
    [InlineData("hasError=maybe")]
    [InlineData("severity=loud")]
    public async Task What_cannot_be_read_is_refused(string query)
    {
        await using var dashboard = await RunningDashboard.StartAsync();
        using var http = Client(dashboard);

        Assert.Equal(HttpStatusCode.BadRequest, (await http.GetAsync($"api/telemetry/spans?{query}", Cancellation)).StatusCode);
    }

    [Fact]
    public async Task Resources_tell_what_they_have_sent()
    {
        await using var dashboard = await FilledAsync();
        using var http = Client(dashboard);

        using var answer = await GetAsync(http, "api/telemetry/resources");

        var gateway = answer.RootElement.EnumerateArray().Single(one => one.GetProperty("name").GetString() == "gateway");
        Assert.Equal(("gateway", "gateway-a1b2", true, true, false), (
            gateway.GetProperty("displayName").GetString(), gateway.GetProperty("instanceId").GetString(),
            gateway.GetProperty("hasLogs").GetBoolean(), gateway.GetProperty("hasTraces").GetBoolean(), gateway.GetProperty("hasMetrics").GetBoolean()));
    }

    [Fact]
    public async Task Following_gives_what_is_kept_and_then_each_new_span_once()
    {
        await using var dashboard = await RunningDashboard.StartAsync();
        using var http = Client(dashboard);
        Add(dashboard, 1);
        using var response = await http.GetAsync("api/telemetry/spans?follow=true", HttpCompletionOption.ResponseHeadersRead, Cancellation);
        Assert.Equal("application/x-ndjson", response.Content.Headers.ContentType!.MediaType);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(Cancellation));

        Assert.Equal("span 1", await NextAsync());
        Add(dashboard, 2);
        Add(dashboard, 3);
        Assert.Equal("span 2", await NextAsync());
        Assert.Equal("span 3", await NextAsync());

        async Task<string?> NextAsync()
        {
            using var line = JsonDocument.Parse((await lines.ReadLineAsync(Cancellation))!);
            return line.RootElement.GetProperty("resourceSpans")[0].GetProperty("scopeSpans")[0].GetProperty("spans")[0].GetProperty("name").GetString();
        }
    }

    private static void Add(RunningDashboard dashboard, ulong number) =>
        dashboard.Telemetry.Traces.Add([Telemetry.TestSpans.Span(number, 1, name: $"span {number}")]);

    private static async Task<RunningDashboard> FilledAsync()
    {
        var dashboard = await RunningDashboard.StartAsync();
        SampleStore.Fill(dashboard, messages: 40);
        return dashboard;
    }

    private static HttpClient Client(RunningDashboard dashboard)
    {
        var client = new HttpClient { BaseAddress = dashboard.Frontend };
        client.DefaultRequestHeaders.Add("x-api-key", RunningDashboard.ApiKey);
        return client;
    }

    private static async Task<JsonDocument> GetAsync(HttpClient http, string path) => JsonDocument.Parse(await http.GetStringAsync(path, Cancellation));

    private static async Task<int> CountAsync(HttpClient http, string path)
    {
        using var answer = await GetAsync(http, path);
        return answer.RootElement.GetProperty("totalCount").GetInt32();
    }
}
