using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using AspireChat.ChatServer;
using AspireChat.ChatServer.Backplane;
using AspireChat.ChatServer.Backplane.Canary;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AspireChat.Tests.Operations;

/// <summary>Which series there are: asked of a chat server that runs, and of the runtime.</summary>
internal static class EmittedMetrics
{
    public static async Task<IReadOnlySet<string>> ReadAsync()
    {
        var names = new ConcurrentDictionary<string, bool>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                foreach (var name in PrometheusNames.Of(instrument))
                    names[name] = true;
            },
        };
        listener.Start();

        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration["Chat:Drain:Seconds"] = "0";
        builder.AddServiceDefaults();
        builder.AddChatServer();
        // Without Redis it would be alone, and measure nothing of what joins instances.
        builder.Services.TryAddSingleton<BackplaneMetrics>();
        builder.Services.TryAddSingleton<CanaryMetrics>();
        await using var app = builder.Build();
        app.UseChatServer();
        app.Services.GetRequiredService<BackplaneMetrics>();
        app.Services.GetRequiredService<CanaryMetrics>();
        await app.StartAsync(TestContext.Current.CancellationToken);
        await app.StopAsync(TestContext.Current.CancellationToken);
        return names.Keys.ToHashSet();
    }
}
