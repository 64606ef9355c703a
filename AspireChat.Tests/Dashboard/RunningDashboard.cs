using Grpc.Net.Client;
using LocalAspire.Dashboard;
using LocalAspire.Dashboard.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace AspireChat.Tests.Dashboard;

/// <summary>The dashboard in this process, on ports that the system chose.</summary>
internal sealed class RunningDashboard : IAsyncDisposable
{
    public const string OtlpKey = "the-otlp-key";
    public const string BrowserToken = "the-browser-token";
    public const string ApiKey = "the-api-key";

    private readonly WebApplication _app;

    private RunningDashboard(WebApplication app, IReadOnlyList<string> addresses)
    {
        _app = app;
        (Frontend, OtlpGrpc, OtlpHttp) = (new Uri(addresses[0]), new Uri(addresses[1]), new Uri(addresses[2]));
    }

    public Uri Frontend { get; }

    public Uri OtlpGrpc { get; }

    public Uri OtlpHttp { get; }

    public TelemetryStore Telemetry => Service<TelemetryStore>();

    /// <summary>The address that logs a browser in.</summary>
    public Uri Login => new(Frontend, $"login?t={BrowserToken}");

    /// <param name="settings">As in <c>Dashboard:Frontend:AuthMode=Unsecured</c>; they go over the fixture's own.</param>
    public static async Task<RunningDashboard> StartAsync(params string[] settings)
    {
        string[] own =
        [
            "--urls=http://127.0.0.1:0",
            "--ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL=http://127.0.0.1:0",
            "--ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL=http://127.0.0.1:0",
            $"--Dashboard:Frontend:BrowserToken={BrowserToken}",
            $"--Dashboard:Otlp:PrimaryApiKey={OtlpKey}",
            "--Dashboard:Api:Enabled=true",
            $"--Dashboard:Api:PrimaryApiKey={ApiKey}",
            "--Logging:LogLevel:Default=Warning",
        ];
        var app = DashboardApplication.Build([.. own, .. settings.Select(setting => $"--{setting}")]);
        await app.StartAsync(TestContext.Current.CancellationToken);
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        return new RunningDashboard(app, [.. addresses]);
    }

    public T Service<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    public GrpcChannel OtlpChannel() => GrpcChannel.ForAddress(OtlpGrpc);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }
}
