using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using AspireChat.LoadTest.Faults.Deployments;
using AspireChat.Tests.EndToEnd;
using AspireChat.Tests.Redis;

namespace AspireChat.Tests.Faults;

/// <summary>
/// The whole app for tests that break it, one after the other, each with rooms of its own: three instances and a fourth to be added, before a Redis that
/// forgets nothing, with a link to it that can be cut. It is made whole again before each test.
/// </summary>
[CollectionDefinition(nameof(FaultApp))]
public sealed class FaultApp : ICollectionFixture<FaultApp>, IAsyncDisposable
{
    private readonly SemaphoreSlim _starting = new(1);
    private RunningFaultApp? _app;

    /// <summary>The app, all of it well.</summary>
    internal async Task<RunningFaultApp> GetAsync()
    {
        await _starting.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            _app ??= await StartAsync();
        }
        finally
        {
            _starting.Release();
        }

        await _app.MendAsync();
        return _app;
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
        _starting.Dispose();
    }

    private static async Task<RunningFaultApp> StartAsync()
    {
        var flavour = FaultRun.Flavour;
        var redis = await RedisServer.StartAsync(flavour, new() { Durable = true });
        var link = RedisLink.Start(redis.Port);
        var chat = await ChatApp.StartAsync(Configure, $"--LocalAspire:Redis=127.0.0.1:{link.Port}", "--Parameters:max-instances=4", "--environment=Development");
        return new RunningFaultApp(chat, redis, link);
    }

    private static void Configure(IDistributedApplicationBuilder builder)
    {
        foreach (var chat in builder.Resources.OfType<ProjectResource>().Where(resource => resource.Name.StartsWith("chat-", StringComparison.Ordinal)))
        {
            // Histories of minutes are made in seconds.
            var resource = builder.CreateResourceBuilder(chat).WithEnvironment("Chat__Limits__SendsPerSecond", "0").WithEnvironment("Chat__Drain__CommandSeconds", $"{RunningFaultApp.DrainSeconds}");

            // The one that is terminated alone takes its time, as every instance does that no app host has started.
            if (chat.Name == RunningFaultApp.Terminated)
                resource.WithEnvironment("Chat__Drain__Seconds", "8");

            if (!FaultRun.IsRecorded)
                resource.WithEnvironment("Chat__Instances__Lease", "00:00:08").WithEnvironment("Chat__Canary__Interval", "00:00:02");
        }
    }
}
