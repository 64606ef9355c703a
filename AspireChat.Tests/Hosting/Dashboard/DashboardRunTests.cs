using System.Net;
using Aspire.Hosting.ApplicationModel;
using LocalAspire.Dashboard;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AspireChat.Tests.Hosting.Dashboard;

/// <summary>The host runs the dashboard as one more of its processes.</summary>
public sealed class DashboardRunTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Asked_for_the_dashboard_runs_with_the_app_and_its_login_address_lets_one_in()
    {
        await using var host = await HostedApp.StartAsync(builder => builder.AddShell("sleeper"), "--LocalAspire:Dashboard=true");
        var running = await host.UntilAsync("dashboard", change => change.Snapshot.HealthStatus == Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Healthy);
        Assert.True(running.Snapshot.IsHidden);
        var login = running.Snapshot.Urls.Single();
        Assert.Equal(("Dashboard", false), (login.DisplayProperties.DisplayName, login.IsInternal));

        // Where an app finds it that wants to link to it, as with Aspire.
        var settings = host.App.Services.GetRequiredService<IConfiguration>();
        Assert.Equal(login.Url, $"{settings["ASPNETCORE_URLS"]}/login?t={settings["AppHost:BrowserToken"]}");

        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        using var answer = await http.GetAsync(login.Url, Cancellation);

        Assert.Equal((HttpStatusCode.Redirect, "/"), (answer.StatusCode, answer.Headers.Location!.ToString()));
        await Eventually.Is("the dashboard is connected to the host", () => host.LogOf("dashboard").Any(line => line.Contains("Connected to the app host", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Under_test_there_is_none_unless_it_is_asked_for()
    {
        await using var host = await HostedApp.BuildAsync(builder => builder.AddShell("sleeper"));

        Assert.Null(host.StateOf("dashboard"));
    }

    [Fact]
    public async Task A_resource_of_that_name_keeps_it()
    {
        await using var host = await HostedApp.BuildAsync(builder => builder.AddShell("dashboard"), "--LocalAspire:Dashboard=true");

        Assert.Equal(KnownResourceStates.NotStarted, host.StateOf("dashboard"));
        Assert.Equal(KnownResourceStates.NotStarted, host.StateOf("localaspire-dashboard"));
    }

    [Fact]
    public void A_port_that_is_taken_is_not_free()
    {
        var port = FreePort.Take();
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, port);
        listener.Start();

        Assert.False(LoopbackPort.IsFree(port));
        listener.Stop();
        Assert.True(LoopbackPort.IsFree(port));
    }
}
