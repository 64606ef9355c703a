using System.Diagnostics;
using System.Net;
using System.Text;
using AspireChat.ChatServer.Backplane;
using AspireChat.ChatServer.Draining;
using AspireChat.Tests.Backplane;
using AspireChat.Tests.Cluster;
using AspireChat.Tests.Redis;
using Microsoft.Extensions.DependencyInjection;

namespace AspireChat.Tests.Faults;

public sealed class FaultEndpointTests(SharedGarnet garnet, SharedRedisServer redisServer) : ClusterTest(garnet, redisServer)
{
    private readonly Faulty _faulty = new();

    [Theory]
    [InlineData("drain", "", "drain in 8 s")]
    [InlineData("deaf", """{"seconds":2.5}""", "deaf 2.5")]
    [InlineData("deaf", "", "deaf 5")]
    [InlineData("deaf", "{}", "deaf 5")]
    [InlineData("drop-subscribers", "", "drop")]
    [InlineData("lose-subscriptions", """{"seconds":3}""", "lose 3")]
    public async Task A_fault_happens_to_the_instance_that_is_asked(string fault, string body, string expected)
    {
        var instance = await StartFaultyAsync("Development");

        using var answer = await PostAsync(instance, fault, body);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal([expected], _faulty.Happened);
    }

    [Theory]
    [InlineData("""{"seconds":0}""")]
    [InlineData("""{"seconds":61}""")]
    [InlineData("""{"seconds":-1}""")]
    [InlineData("""{"seconds":"5"}""")]
    [InlineData("5")]
    [InlineData("seconds=5")]
    public async Task A_fault_lasts_a_minute_at_most(string body)
    {
        var instance = await StartFaultyAsync("Development");

        using var answer = await PostAsync(instance, "deaf", body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("\"bad_seconds\"", await answer.Content.ReadAsStringAsync(Cancellation));
        Assert.Empty(_faulty.Happened);
    }

    [Theory]
    [InlineData("drain")]
    [InlineData("exit")]
    [InlineData("deaf")]
    [InlineData("drop-subscribers")]
    [InlineData("lose-subscriptions")]
    [InlineData("pause-redis")]
    public async Task Faults_exist_in_development_alone_and_need_the_key(string fault)
    {
        var production = await StartFaultyAsync("Production");
        var development = await StartFaultyAsync("Development");
        development.Http.DefaultRequestHeaders.Remove("X-Admin-Key");

        using var absent = await PostAsync(production, fault, "");
        using var refused = await PostAsync(development, fault, "");

        Assert.Equal(HttpStatusCode.NotFound, absent.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Empty(_faulty.Happened);
    }

    [Fact]
    public async Task A_paused_Redis_answers_nobody_and_goes_on_by_itself()
    {
        var redis = await StartRedisAsync(RedisFlavour.Redis);
        var instance = await StartFaultyAsync("Development", redis.ConnectionString);

        using var answer = await PostAsync(instance, "pause-redis", """{"seconds":1}""");

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var started = Stopwatch.GetTimestamp();
        Assert.Equal("+PONG", await redis.CommandAsync("PING"));
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0.3, 30);
    }

    [Fact]
    public async Task A_server_that_cannot_be_paused_says_so()
    {
        var redis = await SharedRedisAsync(RedisFlavour.Garnet);
        var instance = await StartFaultyAsync("Development", redis);

        using var answer = await PostAsync(instance, "pause-redis", "");

        Assert.Equal(HttpStatusCode.NotImplemented, answer.StatusCode);
        Assert.Contains("Garnet does not", await answer.Content.ReadAsStringAsync(Cancellation));
    }

    private Task<TestInstance> StartFaultyAsync(string environment, string? redis = null) => StartAsync(
        "chat-1",
        redis,
        builder =>
        {
            builder.Services.AddSingleton<IDrain>(_faulty);
            builder.Services.AddSingleton<ISubscriberFault>(_faulty);
        },
        settings: (TestInstance.Environment, environment));

    private static Task<HttpResponseMessage> PostAsync(TestInstance instance, string fault, string body) =>
        instance.Http.PostAsync($"/admin/faults/{fault}", new StringContent(body, Encoding.UTF8, "application/json"), Cancellation);

    /// <summary>Keeps what would have happened.</summary>
    private sealed class Faulty : IDrain, ISubscriberFault
    {
        public List<string> Happened { get; } = [];

        public Task StartAsync(TimeSpan within, CancellationToken cancellationToken)
        {
            Happened.Add($"drain in {within.TotalSeconds} s");
            return Task.CompletedTask;
        }

        public void Deafen(TimeSpan duration) => Happened.Add(FormattableString.Invariant($"deaf {duration.TotalSeconds}"));

        public void LoseRooms(TimeSpan duration) => Happened.Add(FormattableString.Invariant($"lose {duration.TotalSeconds}"));

        public Task DropAsync()
        {
            Happened.Add("drop");
            return Task.CompletedTask;
        }
    }
}
