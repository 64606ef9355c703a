using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace AspireChat.Tests.Lab;

public sealed class LentKeyTests
{
    [Fact]
    public async Task A_session_acts_with_the_gateways_key()
    {
        await using var lab = await LabUnderTest.StartAsync();
        await lab.OpenSessionAsync();

        using var answer = await lab.SendAsync(HttpMethod.Put, "/admin/backplane", new { mode = "local" }, lab.OwnOrigin);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(LabUnderTest.AdminKey, lab.KeyThatArrived());
    }

    [Fact]
    public async Task The_cookie_stays_at_the_gateway()
    {
        await using var lab = await LabUnderTest.StartAsync();
        await lab.OpenSessionAsync();

        using var answer = await lab.SendAsync(HttpMethod.Put, "/admin/backplane", new { mode = "local" }, lab.OwnOrigin);

        Assert.Empty(Assert.Single(lab.Instances.SelectMany(instance => instance.RequestHeaders)).Cookie.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("http://evil.example")]
    [InlineData("http://localhost:1")]
    [InlineData("null")]
    public async Task A_session_is_worth_nothing_to_another_page(string? origin)
    {
        await using var lab = await LabUnderTest.StartAsync();
        await lab.OpenSessionAsync();

        using var answer = await lab.SendAsync(HttpMethod.Put, "/admin/backplane", new { mode = "local" }, origin);

        Assert.Equal("", lab.KeyThatArrived());
    }

    [Fact]
    public async Task Without_a_session_a_request_passes_as_it_is()
    {
        await using var lab = await LabUnderTest.StartAsync();

        using var answer = await lab.SendAsync(HttpMethod.Put, "/admin/backplane", new { mode = "local" }, lab.OwnOrigin, ("X-Admin-Key", "the caller's own"));

        Assert.Equal("the caller's own", lab.KeyThatArrived());
    }

    [Fact]
    public async Task The_key_goes_with_administration_only()
    {
        await using var lab = await LabUnderTest.StartAsync();
        await lab.OpenSessionAsync();

        using var answer = await lab.SendAsync(HttpMethod.Post, "/api/rooms/lobby/messages", new { text = "hello" }, lab.OwnOrigin);

        Assert.Equal("", lab.KeyThatArrived());
    }

    [Fact]
    public async Task A_fault_reaches_the_instance_that_it_is_meant_for()
    {
        await using var lab = await LabUnderTest.StartAsync();
        await lab.OpenSessionAsync();

        for (var time = 0; time < 3; time++)
        {
            using var answer = await lab.SendAsync(HttpMethod.Post, "/admin/instances/chat-2/faults/deaf", new { seconds = 2 }, lab.OwnOrigin);
            Assert.Equal("chat-2", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }

        Assert.Empty(lab.Instances[0].Requests);
        Assert.Equal(Enumerable.Repeat("POST /admin/faults/deaf {\"seconds\":2}", 3), lab.Instances[1].Requests);
        Assert.All(lab.Instances[1].RequestHeaders, headers => Assert.Equal(LabUnderTest.AdminKey, headers["X-Admin-Key"].ToString()));
    }

    [Fact]
    public async Task An_instance_that_is_not_ready_is_reached_by_its_name_all_the_same()
    {
        await using var lab = await LabUnderTest.StartAsync();
        lab.Instances[1].Ready = false;
        await Eventually.Is("the gateway shows it as not ready", async () => !(await HealthAsync(lab))["chat-2"]);

        using var answer = await lab.SendAsync(HttpMethod.Post, "/admin/instances/chat-2/faults/deaf", new { seconds = 2 });

        Assert.Equal("chat-2", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_unknown_instance_is_named_as_such()
    {
        await using var lab = await LabUnderTest.StartAsync();

        using var answer = await lab.SendAsync(HttpMethod.Post, "/admin/instances/chat-9/faults/deaf");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.Equal("There is no instance of that name; there are chat-1, chat-2.", body.GetProperty("message").GetString());
        Assert.All(lab.Instances, instance => Assert.Empty(instance.Requests));
    }

    private static async Task<Dictionary<string, bool>> HealthAsync(LabUnderTest lab)
    {
        using var answer = await lab.SendAsync(HttpMethod.Get, "/lab/surroundings");
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        return body.GetProperty("instances").EnumerateArray().ToDictionary(instance => instance.GetProperty("name").GetString()!, instance => instance.GetProperty("healthy").GetBoolean());
    }
}
