using System.Net;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using LocalAspire.Processes;
using LocalAspire.Redis;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using StackExchange.Redis;

namespace AspireChat.Tests.Hosting;

public sealed class RedisTests
{
    /// <summary>Garnet is there always, and one of the others is hoped for.</summary>
    public static TheoryData<string> Flavours => ProgramFile.OnPath("valkey-server") is null ? ["garnet", "redis-server"] : ["garnet", "redis-server", "valkey-server"];

    [Theory]
    [MemberData(nameof(Flavours))]
    public async Task It_serves_those_who_know_the_password_and_nobody_else(string flavour)
    {
        await using var app = await StartAsync(flavour);
        var address = await AddressAsync(app);

        await using var friend = await ConnectAsync(address);
        Assert.True(await friend.GetDatabase().StringSetAsync("key", "value"));

        await using var stranger = await ConnectAsync(address.Split(',')[0]);
        await Assert.ThrowsAnyAsync<RedisException>(() => stranger.GetDatabase().StringGetAsync("key"));
    }

    [Theory]
    [MemberData(nameof(Flavours))]
    public async Task Its_password_is_not_to_be_read_off_its_arguments(string flavour)
    {
        await using var app = await StartAsync(flavour);
        var password = Password(await AddressAsync(app));

        Assert.Equal(32, password.Length);
        Assert.DoesNotContain(password, Processes.CommandLine(await app.ProcessIdAsync("redis")));
        Assert.True(app.App.ResourceNotifications.TryGetCurrentState("redis", out var state));
        Assert.DoesNotContain(password, string.Join(' ', state.Snapshot.Properties.Select(property => property.Value is IEnumerable<string> values ? string.Join(' ', values) : $"{property.Value}")));
    }

    [Theory]
    [MemberData(nameof(Flavours))]
    public async Task It_listens_on_loopback_alone(string flavour)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "It reads Linux's /proc/net/tcp.");
        await using var app = await StartAsync(flavour);
        var port = app.App.GetEndpoint("redis").Port;

        var listening = System.Net.NetworkInformation.IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Where(listener => listener.Port == port);

        Assert.All(listening, listener => Assert.Equal(IPAddress.Loopback, listener.Address));
    }

    [Theory]
    [MemberData(nameof(Flavours))]
    public async Task It_keeps_its_data_over_a_restart_and_leaves_nothing_behind(string flavour)
    {
        var app = await StartAsync(flavour);
        string directory;
        await using (app)
        {
            var address = await AddressAsync(app);
            await using (var before = await ConnectAsync(address))
                await before.GetDatabase().StringSetAsync("key", "value");

            await app.RunAsync("redis", "restart");
            await UntilHealthyAsync(app);

            await using var after = await ConnectAsync(address);
            Assert.Equal("value", (string?)await after.GetDatabase().StringGetAsync("key"));

            var running = await app.UntilAsync("redis", KnownResourceStates.Running);
            directory = (string)running.Snapshot.Properties.Single(property => property.Name == "executable.workDir").Value!;
            Assert.True(Directory.Exists(directory));
        }

        Assert.False(Directory.Exists(directory));
    }

    [Fact]
    public async Task A_password_can_be_given()
    {
        await using var app = await HostedApp.StartAsync(
            builder =>
            {
                builder.AddRedis("redis");
                builder.AddRedis("other", password: builder.AddParameter("secret", "open \"sesame\"", secret: true));
            },
            "--LocalAspire:Redis=garnet",
            "--Parameters:redis-password=sesame");

        Assert.EndsWith(",password=sesame", await AddressAsync(app));
        await UntilHealthyAsync(app);
        await app.UntilAsync("other", change => change.Snapshot.HealthStatus == HealthStatus.Healthy);
    }

    [Fact]
    public async Task One_that_runs_elsewhere_is_not_started_but_watched()
    {
        await using var elsewhere = await StartAsync("garnet");
        var address = await AddressAsync(elsewhere);
        await using var app = await HostedApp.StartAsync(builder => builder.AddRedis("redis"), $"--LocalAspire:Redis={address}");

        await UntilHealthyAsync(app);
        Assert.Equal(address, await AddressAsync(app));
        Assert.Empty((await app.UntilAsync("redis", KnownResourceStates.Running)).Snapshot.Properties);

        await elsewhere.RunAsync("redis", "stop");
        await app.UntilAsync("redis", change => change.Snapshot.HealthStatus == HealthStatus.Unhealthy);
    }

    [Theory]
    [InlineData("memcached", "The resource 'redis' cannot start: the setting LocalAspire:Redis is 'memcached'. Set it to 'redis-server', 'valkey-server', 'garnet', or a connection string such as 'localhost:6379'; or leave it out.")]
    public async Task A_setting_that_means_nothing_is_refused(string setting, string sentence)
    {
        await using var app = await HostedApp.StartAsync(builder => builder.AddRedis("redis"), $"--LocalAspire:Redis={setting}");

        await app.UntilAsync("redis", KnownResourceStates.FailedToStart);

        Assert.Equal([sentence], app.LogOf("redis"));
    }

    [Fact]
    public async Task A_wrong_password_is_told_from_an_absent_Redis()
    {
        await using var app = await StartAsync("garnet");
        var address = (await AddressAsync(app)).Split(',')[0];

        var refused = await RedisPing.CheckAsync($"{address},password=wrong", TestContext.Current.CancellationToken);
        var open = await RedisPing.CheckAsync(address, TestContext.Current.CancellationToken);

        Assert.StartsWith($"The Redis at {address} refused the password: -WRONGPASS", refused.Description);
        Assert.StartsWith($"The Redis at {address} answered PING with -NOAUTH", open.Description);
    }

    private static async Task<HostedApp> StartAsync(string flavour)
    {
        Assert.SkipUnless(flavour == "garnet" || ProgramFile.OnPath(flavour) is not null, $"There is no {flavour} on this machine.");

        var app = await HostedApp.StartAsync(builder => builder.AddRedis("redis"), $"--LocalAspire:Redis={flavour}");
        await UntilHealthyAsync(app);
        return app;
    }

    private static Task UntilHealthyAsync(HostedApp app) => app.UntilAsync("redis", change => change.Snapshot.HealthStatus == HealthStatus.Healthy);

    private static async Task<string> AddressAsync(HostedApp app) => (await app.App.GetConnectionStringAsync("redis", TestContext.Current.CancellationToken))!;

    private static string Password(string address) => address.Split("password=")[1];

    private static async Task<ConnectionMultiplexer> ConnectAsync(string address) =>
        await ConnectionMultiplexer.ConnectAsync($"{address},abortConnect=false,connectTimeout=20000,asyncTimeout=20000");
}
