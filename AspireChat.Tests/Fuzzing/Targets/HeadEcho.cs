using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace AspireChat.Tests.Fuzzing.Targets;

/// <summary>A web server as the chat server has it, that tells what it made of a request.</summary>
internal sealed class HeadEcho : IAsyncDisposable
{
    private readonly WebApplication _app;

    private HeadEcho(WebApplication app) => _app = app;

    public int Port => new Uri(_app.Urls.Single()).Port;

    public static async Task<HeadEcho> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.Run(async context =>
        {
            var told = Describe(context.Request.Path, context.Request.QueryString.Value ?? "", context.Request.Headers);
            context.Response.Headers.Connection = "close";
            context.Response.ContentLength = told.Length;
            await context.Response.WriteAsync(told);
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new HeadEcho(app);
    }

    public static string Describe(string path, string query, IHeaderDictionary headers) =>
        $"{path}|{query}|{string.Join('|', headers.Select(header => $"{header.Key.ToLowerInvariant()}={ValueOf(header)}").Order(StringComparer.Ordinal))}";

    /// <summary>The web server spells what it knows in its own way.</summary>
    private static string ValueOf(KeyValuePair<string, StringValues> header) =>
        header.Key.Equals("Connection", StringComparison.OrdinalIgnoreCase) ? header.Value.ToString().ToLowerInvariant() : header.Value.ToString();

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
