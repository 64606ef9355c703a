using System.Net;
using System.Net.Sockets;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;

namespace AspireChat.Tests.Hosting;

public sealed class PortTests
{
    private const string KeepPorts = "--LocalAspire:RandomizePorts=false";

    [Fact]
    public async Task A_port_that_somebody_has_is_refused_before_anything_starts()
    {
        using var somebody = new TcpListener(IPAddress.Loopback, 0);
        somebody.Start();
        var port = ((IPEndPoint)somebody.LocalEndpoint).Port;
        await using var app = await HostedApp.BuildAsync(builder => builder.AddShell("gateway").WithHttpEndpoint(port), KeepPorts);

        var error = await Assert.ThrowsAsync<DistributedApplicationException>(() => app.App.StartAsync(TestContext.Current.CancellationToken));

        Assert.Equal($"The resource 'gateway' cannot have port {port} for its endpoint 'http': another program listens on it. Stop that program, or choose another port.", error.Message);
        Assert.Equal(KnownResourceStates.NotStarted, app.StateOf("gateway"));
    }

    [Fact]
    public async Task A_port_is_given_to_one_resource_only()
    {
        var port = FreePort.Take();
        await using var app = await HostedApp.BuildAsync(
            builder =>
            {
                builder.AddShell("gateway").WithHttpEndpoint(port);
                builder.AddShell("lab").WithHttpEndpoint(port, name: "web");
            },
            KeepPorts);

        var error = await Assert.ThrowsAsync<DistributedApplicationException>(() => app.App.StartAsync(TestContext.Current.CancellationToken));

        Assert.Equal($"The resource 'lab' cannot have port {port} for its endpoint 'web': 'gateway' has it already. Give one of them another port.", error.Message);
    }

    [Fact]
    public async Task Without_a_proxy_an_endpoint_has_one_port()
    {
        await using var app = await HostedApp.BuildAsync(builder => builder.AddShell("gateway").WithHttpEndpoint(port: 80, targetPort: 8080));

        var error = await Assert.ThrowsAsync<DistributedApplicationException>(() => app.App.StartAsync(TestContext.Current.CancellationToken));

        Assert.Equal("The endpoint 'http' of 'gateway' has port 80 and target port 8080: without a proxy between them, which the stand-in has not, both must be the same. Give one of them, or use the genuine Aspire with UseAspire=true.", error.Message);
    }

    [Fact]
    public async Task A_fixed_port_is_kept_when_the_app_runs_and_left_alone_under_test()
    {
        var port = FreePort.Take();
        await using var run = await HostedApp.StartAsync(builder => builder.AddShell("gateway").WithHttpEndpoint(port), KeepPorts);
        await using var test = await HostedApp.StartAsync(builder => builder.AddShell("gateway").WithHttpEndpoint(port));

        Assert.Equal(port, run.App.GetEndpoint("gateway").Port);
        Assert.NotEqual(port, test.App.GetEndpoint("gateway").Port);
    }

    [Fact]
    public async Task A_resource_is_told_its_port_and_keeps_it_over_a_restart()
    {
        await using var app = await HostedApp.StartAsync(builder => builder.AddShell("chat", $"echo port $PORT; {ShellResources.Forever}").WithHttpEndpoint(env: "PORT"));
        var line = $"port {app.App.GetEndpoint("chat").Port}";
        await app.UntilPrintedAsync("chat", line);

        Assert.True((await app.RunAsync("chat", "restart")).Success);

        await Eventually.Is("it has printed its port again", () => app.LogOf("chat").Count(printed => printed == line) == 2);
    }

    [Fact]
    public async Task A_picked_port_is_out_of_reach_of_outgoing_connections_and_held_until_its_resource_starts()
    {
        await using var app = await HostedApp.StartAsync(builder => builder.AddShell("chat").WithHttpEndpoint().WithExplicitStart());
        var port = app.App.GetEndpoint("chat").Port;

        Assert.InRange(port, 20_000, 31_999);
        Assert.False(FreePort.IsFree(port));

        await app.RunAsync("chat", "start");
        Assert.True(FreePort.IsFree(port));
    }
}
