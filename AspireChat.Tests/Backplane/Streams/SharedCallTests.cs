using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using AspireChat.ChatServer.Backplane;
using AspireChat.Tests.Redis;
using StackExchange.Redis;

namespace AspireChat.Tests.Backplane.Streams;

/// <summary>Publications that wait for Redis go to it together, and yet each for itself.</summary>
public sealed partial class SharedCallTests
{
    [Fact]
    public async Task Publications_that_wait_share_calls_and_keep_their_order()
    {
        await using var server = await RedisServer.StartAsync(RedisFlavour.Redis);
        await using var group = new InstanceGroup(server.ConnectionString);
        var instance = await group.AddAsync(new());
        var sink = await instance.JoinAsync(group.Room);
        await instance.SendAsync(group.Room, "first");
        var calls = await CallsAsync(server);

        // One goes, 150 wait for its answer.
        await server.PauseAsync();
        var texts = Enumerable.Range(0, 151).Select(number => $"{number}").ToArray();
        var sends = texts.Select(text => instance.SendAsync(group.Room, text).AsTask()).ToArray();
        await server.ResumeAsync();
        var results = await Task.WhenAll(sends);

        Assert.Equal(1 + 3, await CallsAsync(server) - calls);
        await BackplaneSpecification.AllHave([sink], ["first", .. texts]);
        Assert.Equal(Enumerable.Range(2, 151), results.Select(result => (int)result.Position!.Value.Offset));
    }

    [Theory, InlineData(RedisFlavour.Redis), InlineData(RedisFlavour.Garnet)]
    public async Task A_message_that_cannot_be_stored_takes_no_other_with_it(RedisFlavour flavour)
    {
        await using var server = await RedisServer.StartAsync(flavour);
        await using var group = new InstanceGroup(server.ConnectionString);
        var instance = await group.AddAsync(new());
        await instance.SendAsync(group.Room, "first");
        await instance.SendAsync("broken", "first");
        await instance.Redis!.Publisher.GetDatabase().StringSetAsync(group.Keys.RoomHistory("broken"), "no list");

        await server.PauseAsync();
        Task<PublishResult>[] sends =
        [
            .. new[] { "alone", group.Room, "broken", group.Room, "third" }.Select((room, number) => instance.SendAsync(room, $"{number}").AsTask()),
        ];
        await server.ResumeAsync();
        var results = await Task.WhenAll(sends);

        Assert.Equal(
            [PublishStatus.Published, PublishStatus.Published, PublishStatus.Unavailable, PublishStatus.Published, PublishStatus.Published],
            results.Select(result => result.Status));
        Assert.Equal([2, 3], new[] { results[1], results[3] }.Select(result => (int)result.Position!.Value.Offset));
    }

    [Fact]
    public async Task Who_waits_behind_a_call_that_is_not_answered_is_told_with_it()
    {
        await using var server = await RedisServer.StartAsync(RedisFlavour.Redis);
        await using var group = new InstanceGroup(server.ConnectionString);
        var patience = TimeSpan.FromSeconds(3);
        var instance = await group.AddAsync(new() { Timeout = patience });
        await instance.SendAsync(group.Room, "first");
        await server.PauseAsync();

        var told = await Task.WhenAll(Enumerable.Range(0, 200).Select(async number =>
        {
            var result = await instance.SendAsync(group.Room, $"{number}");
            Assert.Equal(PublishStatus.Unavailable, result.Status);
            return Stopwatch.GetTimestamp();
        }));

        Assert.InRange(Stopwatch.GetElapsedTime(told.Min(), told.Max()), TimeSpan.Zero, patience);
    }

    [Theory, InlineData(RedisFlavour.Redis), InlineData(RedisFlavour.Garnet)]
    public async Task A_Redis_whose_scripts_were_flushed_gets_them_again_and_no_sender_notices(RedisFlavour flavour)
    {
        await using var server = await RedisServer.StartAsync(flavour);
        await using var group = new InstanceGroup(server.ConnectionString);
        var instance = await group.AddAsync(new());
        for (var number = 0; number < 50; number++)
            await instance.SendAsync(group.Room, $"{number}");

        Assert.Equal("+OK", await server.CommandAsync("SCRIPT", "FLUSH"));

        for (var number = 50; number < 60; number++)
            Assert.Equal(PublishStatus.Published, (await instance.SendAsync(group.Room, $"{number}")).Status);
    }

    private static async Task<int> CallsAsync(RedisServer server)
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync($"{server.ConnectionString},allowAdmin=true");
        var statistics = await connection.GetServers()[0].InfoRawAsync("commandstats");
        return ScriptCalls().Matches(statistics!).Sum(match => int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture));
    }

    [GeneratedRegex(@"cmdstat_eval(?:sha)?:calls=(\d+)")]
    private static partial Regex ScriptCalls();
}
