using System.Net;
using System.Security.Cryptography;
using System.Text;
using Aspire.Hosting.ApplicationModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LocalAspire.Dashboard;

/// <summary>
/// Serves Aspire's resource service, on loopback and to those who show the key: our dashboard, or Aspire's. It has a web host of
/// its own, so that an app host without a dashboard opens no port.
/// </summary>
internal sealed class ResourceServiceServer(
    DashboardSettings settings,
    IHostEnvironment environment,
    ResourceNotificationService notifications,
    ResourceLoggerService loggers,
    ResourceCommandService commands) : IHostedService
{
    private const string KeyHeader = "x-resource-service-api-key";

    private WebApplication? _app;

    public string Key { get; } = settings.ResourceServiceKey ?? RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>Known once it has started, which is before any resource does.</summary>
    public string Address { get; private set; } = "";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(new ResourceService(ApplicationName, notifications, loggers, commands));
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, settings.ResourceServicePort ?? 0, listen => listen.Protocols = HttpProtocols.Http2));

        _app = builder.Build();
        _app.Use(AskForKeyAsync);
        _app.MapGrpcService<ResourceService>();
        await _app.StartAsync(cancellationToken);
        Address = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_app is null) return;

        // A dashboard watches as long as there is something to watch: it is not waited for.
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
        _app = null;
    }

    /// <summary>Of the app, not of the project that hosts it.</summary>
    private string ApplicationName => environment.ApplicationName.EndsWith(".AppHost", StringComparison.Ordinal)
        ? environment.ApplicationName[..^".AppHost".Length]
        : environment.ApplicationName;

    private Task AskForKeyAsync(HttpContext context, RequestDelegate next)
    {
        var shown = SHA256.HashData(Encoding.UTF8.GetBytes(context.Request.Headers[KeyHeader].ToString()));
        if (CryptographicOperations.FixedTimeEquals(shown, SHA256.HashData(Encoding.UTF8.GetBytes(Key)))) return next(context);

        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }
}
