using System.Net;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Hosting;

namespace AspireChat.Tests.Lab;

/// <summary>The way from the lab to the dashboard.</summary>
public sealed class LabDashboardTests
{
    private const string Token = "the token of the dashboard";

    [Fact]
    public async Task A_session_arrives_in_the_dashboard_logged_in_at_the_traces_of_the_message()
    {
        await using var lab = await StartAsync(("Lab:DashboardUrl", "http://localhost:15080"), ("Lab:DashboardToken", Token));
        await lab.OpenSessionAsync();

        var address = await LeadAsync(lab, "/admin/dashboard/traces?room=lab-1.a&offset=7");

        Assert.Equal("http://localhost:15080/login", address.GetLeftPart(UriPartial.Path));
        var query = QueryHelpers.ParseQuery(address.Query);
        Assert.Equal(Token, query["t"]);
        var filters = QueryHelpers.ParseQuery(query["returnUrl"].ToString()["/traces".Length..]);
        Assert.StartsWith("/traces?", query["returnUrl"]);
        Assert.Equal("chat.room:equals:lab-1.a chat.message.offset:equals:7", filters["filters"]);
        Assert.Equal("Is|chat.room|lab-1.a,Is|chat.message.offset|7", filters["filter"].ToString());
    }

    [Fact]
    public async Task Without_a_session_the_token_stays_here()
    {
        await using var lab = await StartAsync(("Lab:DashboardUrl", "http://localhost:15080"), ("Lab:DashboardToken", Token));

        var address = await LeadAsync(lab, "/admin/dashboard/traces?room=lab-1");

        Assert.Equal("http://localhost:15080/traces", address.GetLeftPart(UriPartial.Path));
        Assert.DoesNotContain("token", address.Query);
        Assert.Equal("http://localhost:15080/", (await LeadAsync(lab, "/admin/dashboard")).AbsoluteUri);
    }

    [Fact]
    public async Task Where_there_is_no_dashboard_there_is_no_way_to_it()
    {
        await using var lab = await StartAsync(("Lab:DashboardUrl", ""), ("Lab:DashboardToken", ""));
        await lab.OpenSessionAsync();

        using var answer = await lab.SendAsync(HttpMethod.Get, "/admin/dashboard");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private static Task<LabUnderTest> StartAsync(params (string, string?)[] settings) =>
        LabUnderTest.StartAsync(Environments.Development, [("Lab:Code", LabUnderTest.Code), ("Lab:AdminKey", LabUnderTest.AdminKey), .. settings]);

    /// <summary>Where it leads.</summary>
    private static async Task<Uri> LeadAsync(LabUnderTest lab, string path)
    {
        using var answer = await lab.SendAsync(HttpMethod.Get, path);
        Assert.Equal((HttpStatusCode.Redirect, true), (answer.StatusCode, answer.Headers.CacheControl!.NoStore));
        return answer.Headers.Location!;
    }
}
