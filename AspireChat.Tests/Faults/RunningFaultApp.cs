using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using AspireChat.LoadTest.Auditing;
using AspireChat.LoadTest.Faults.Deployments;
using AspireChat.Tests.EndToEnd;
using AspireChat.Tests.Redis;

namespace AspireChat.Tests.Faults;

/// <summary>The app of the fault tests, with handles on what they break.</summary>
internal sealed class RunningFaultApp(ChatApp chat, RedisServer redis, RedisLink link) : IAsyncDisposable
{
    /// <summary>The instance that drains as if it ran alone.</summary>
    public const string Terminated = "chat-3";

    /// <summary>How long a drain by command takes.</summary>
    public const int DrainSeconds = 3;

    public ChatApp Chat => chat;

    public RedisServer Redis => redis;

    /// <summary>Between the instances and Redis.</summary>
    public RedisLink Link => link;

    public Uri Gateway => chat.Gateway;

    /// <summary>Clients that come through the gateway, join one room and send; they have joined when this returns.</summary>
    public Task<Audit> AuditAsync(int clients = 12, double sendsPerSecond = 90, int textChars = 100) => Audit.StartAsync(
        new AuditOptions
        {
            Targets = [chat.Gateway],
            Clients = clients,
            SendsPerSecond = sendsPerSecond,
            TextChars = textChars,
            AckLimit = FaultRun.Bound(10),
            SettleTimeout = FaultRun.Bound(10),
        },
        TestContext.Current.CancellationToken);

    /// <summary>Mends what a test before has broken, and returns once all is well.</summary>
    public async Task MendAsync()
    {
        await redis.EnsureRunningAsync();
        link.Heal(redis.Port);
        foreach (var instance in chat.Instances)
            await chat.EnsureRunningAsync(instance);
        foreach (var instance in chat.Instances)
            await WaitUntilAsync(instance, ready: true);
        await chat.WaitUntilRoutedToAsync();
    }

    /// <summary>Waits until an instance says of itself that it is ready, or that it is not.</summary>
    /// <returns>How long that took.</returns>
    public async Task<TimeSpan> WaitUntilAsync(string instance, bool ready, TimeSpan? within = null)
    {
        var began = Stopwatch.GetTimestamp();
        using var http = chat.CreateClient(instance);
        await Eventually.Is(
            $"'{instance}' is {(ready ? "ready" : "unready")}",
            async () =>
            {
                try
                {
                    using var answer = await http.GetAsync("/health", TestContext.Current.CancellationToken);
                    return answer.IsSuccessStatusCode == ready;
                }
                catch (HttpRequestException)
                {
                    // It is gone.
                    return !ready;
                }
            },
            within);
        return Stopwatch.GetElapsedTime(began);
    }

    /// <summary>How many connections an instance has.</summary>
    public async Task<int> ConnectionsAsync(string instance)
    {
        using var http = chat.CreateClient(instance);
        var status = await http.GetFromJsonAsync<JsonElement>("/api/instance", TestContext.Current.CancellationToken);
        return status.GetProperty("connections").GetInt32();
    }

    /// <summary>How many connections the instances that always run have together.</summary>
    public async Task<int> ConnectionsAsync() => (await Task.WhenAll(chat.Instances.Select(ConnectionsAsync))).Sum();

    public async ValueTask DisposeAsync()
    {
        await chat.DisposeAsync();
        await link.DisposeAsync();
        await redis.DisposeAsync();
    }
}
