using System.Collections.Concurrent;
using AspireChat.ChatServer;
using AspireChat.ChatServer.Backplane;
using AspireChat.Tests.Redis;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AspireChat.Tests.Backplane;

public sealed class BackplaneRegistrationTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_Redis_there_is_mode_local_and_the_instance_is_ready()
    {
        await using var app = Build();
        await app.StartAsync(Cancellation);

        Assert.Equal(HealthStatus.Healthy, await HealthAsync(app));
        await using var backplane = app.Services.GetRequiredService<IBackplaneFactory>().Create(BackplaneMode.Local, version: 1);
        Assert.Equal(BackplaneMode.Local, backplane.Mode);
        Assert.Null(app.Services.GetService<RedisConnections>());
    }

    [Fact]
    public async Task With_Redis_the_instance_is_ready_as_long_as_it_hears_its_probe()
    {
        await using var server = await RedisServer.StartAsync(RedisFlavour.Garnet);
        await using var app = Build(("ConnectionStrings:redis", server.ConnectionString));
        await app.StartAsync(Cancellation);
        await Eventually.Is("it is ready", async () => await HealthAsync(app) == HealthStatus.Healthy);

        await server.KillAsync();
        await Eventually.Is("it is unready", async () => await HealthAsync(app) == HealthStatus.Unhealthy, within: TimeSpan.FromSeconds(3) * 4);

        await server.StartAsync();
        await Eventually.Is("it is ready again", async () => await HealthAsync(app) == HealthStatus.Healthy);
    }

    [Fact]
    public async Task A_Redis_that_is_away_at_the_start_keeps_the_instance_unready_and_not_from_starting()
    {
        await using var app = Build(("ConnectionStrings:redis", "127.0.0.1:1"));
        await app.StartAsync(Cancellation);

        Assert.Equal(HealthStatus.Unhealthy, await HealthAsync(app));
    }

    [Fact]
    public async Task A_link_that_comes_a_little_later_than_the_start_is_no_matter_for_a_warning()
    {
        var warnings = new Warnings();
        await using var app = Build(warnings, ("ConnectionStrings:redis", "127.0.0.1:1"));
        var looked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        app.Services.GetRequiredService<RedisConnections>().Subscriptions.Restored += () => looked.TrySetResult();
        await app.StartAsync(Cancellation);
        await looked.Task.WaitAsync(TimeSpan.FromSeconds(60), Cancellation);

        Assert.DoesNotContain(warnings.Said, said => said.Contains("subscriptions", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Settings_out_of_range_are_refused_at_the_start()
    {
        await using var app = Build(("Chat:Stream:HistoryMessages", "0"));

        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => app.StartAsync(Cancellation));
        Assert.Contains("HistoryMessages", error.Message, StringComparison.Ordinal);
    }

    private static WebApplication Build(params (string Key, string Value)[] settings) => Build(new Warnings(), settings);

    private static WebApplication Build(Warnings warnings, params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddProvider(warnings);
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        builder.Configuration["urls"] = "http://127.0.0.1:0";
        builder.Services.AddOptions<ChatOptions>().BindConfiguration(ChatOptions.SectionName);
        builder.AddBackplane();
        return builder.Build();
    }

    private static async Task<HealthStatus> HealthAsync(WebApplication app) =>
        (await app.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Cancellation)).Status;

    /// <summary>Keeps what was warned of.</summary>
    private sealed class Warnings : ILoggerProvider, ILogger
    {
        public ConcurrentBag<string> Said { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                Said.Add(formatter(state, exception));
        }

        public void Dispose()
        {
        }
    }
}
