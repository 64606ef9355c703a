using System.Net;
using System.Net.Http.Json;
using AspireChat.Tests.Gateway;
using Microsoft.Extensions.Hosting;

namespace AspireChat.Tests.Lab;

/// <summary>The real gateway in Development, with a code for the lab, before two instances that write down what reaches them.</summary>
internal sealed class LabUnderTest : IAsyncDisposable
{
    public const string Code = "0123456789abcdef";
    public const string AdminKey = "the admin key";

    private LabUnderTest(GatewayUnderTest gateway, StandInInstance[] instances) => (Gateway, Instances) = (gateway, instances);

    public GatewayUnderTest Gateway { get; }

    public StandInInstance[] Instances { get; }

    public string OwnOrigin => Gateway.Address.GetLeftPart(UriPartial.Authority);

    public static Task<LabUnderTest> StartAsync() => StartAsync(Environments.Development, ("Lab:Code", Code), ("Lab:AdminKey", AdminKey));

    public static async Task<LabUnderTest> StartAsync(string environment, params (string Key, string? Value)[] settings)
    {
        StandInInstance[] instances = [await StandInInstance.StartAsync("chat-1"), await StandInInstance.StartAsync("chat-2")];
        var gateway = await GatewayUnderTest.StartAsync(
            [.. instances.Select(instance => ($"services:{instance.Name}:http:0", (string?)instance.Address)), .. settings], environment);
        return new LabUnderTest(gateway, instances);
    }

    /// <summary>Sends as a page of this origin would; the client keeps cookies as a browser does.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? body = null, string? origin = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        if (origin is not null) request.Headers.Add("Origin", origin);
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        return await Gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public Task<HttpResponseMessage> ExchangeAsync(string code = Code, string? origin = null) =>
        SendAsync(HttpMethod.Post, "/admin/session", new { code }, origin ?? OwnOrigin);

    public async Task OpenSessionAsync()
    {
        using var answer = await ExchangeAsync();
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    /// <summary>The admin key as it reached an instance with the one request made; empty when there was none.</summary>
    public string KeyThatArrived() =>
        Assert.Single(Instances.SelectMany(instance => instance.RequestHeaders))["X-Admin-Key"].ToString();

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        foreach (var instance in Instances) await instance.DisposeAsync();
    }
}
