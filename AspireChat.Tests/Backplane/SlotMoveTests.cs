using AspireChat.ChatServer.Backplane.Redis;
using StackExchange.Redis;

namespace AspireChat.Tests.Backplane;

public sealed class SlotMoveTests
{
    [Fact]
    public async Task A_call_that_met_a_slot_on_its_way_is_made_again()
    {
        var calls = 0;

        var answer = await SlotMove.OutlastAsync(() => ++calls < 3 ? throw Refusal(RedisErrorKind.TryAgain) : Task.FromResult(RedisResult.Create((RedisValue)"done")));

        Assert.Equal("done", (string?)answer);
        Assert.Equal(3, calls);
    }

    [Fact]
    public async Task After_a_second_the_caller_is_told() =>
        await Assert.ThrowsAsync<RedisServerException>(() => SlotMove.OutlastAsync(() => throw Refusal(RedisErrorKind.TryAgain)));

    [Fact]
    public async Task Another_refusal_is_told_at_once()
    {
        var calls = 0;

        await Assert.ThrowsAsync<RedisServerException>(() => SlotMove.OutlastAsync(() =>
        {
            calls++;
            throw Refusal(RedisErrorKind.ReadOnly);
        }));
        Assert.Equal(1, calls);
    }

    private static RedisServerException Refusal(RedisErrorKind kind) => new(kind, CommandFlags.None, "refused");
}
