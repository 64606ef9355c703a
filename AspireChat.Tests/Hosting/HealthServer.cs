using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace AspireChat.Tests.Hosting;

/// <summary>Answers a resource's health checks in its place.</summary>
internal sealed class HealthServer : IAsyncDisposable
{
    private readonly WebApplication _server;

    private HealthServer(WebApplication server) => _server = server;

    public int Status { get; set; } = StatusCodes.Status200OK;

    public static async Task<HealthServer> StartAsync(Uri address, string path)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls(address.ToString());
        var app = builder.Build();
        var server = new HealthServer(app);
        app.Run(context =>
        {
            context.Response.StatusCode = context.Request.Path == path ? server.Status : StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
