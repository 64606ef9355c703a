using AspireChat.ChatServer.Backplane;

namespace AspireChat.Tests.Backplane;

/// <summary>The bug that this app is about.</summary>
public sealed class LocalBackplaneTests
{
    private static readonly InstanceSettings Local = new() { Mode = BackplaneMode.Local };

    [Fact]
    public async Task A_message_reaches_the_instance_that_took_it_and_no_other()
    {
        await using var group = new InstanceGroup(connectionString: null);
        await group.AddAsync(Local);
        await group.AddAsync(Local);
        var sinks = await group.JoinAllAsync(group.Room);

        Assert.Equal(new PublishResult(PublishStatus.Published), await group[0].SendAsync(group.Room, "hello"));
        await group[0].Backplane.SignalAsync(group.Room, new(RoomSignalKind.Typing, "ann", 0), TestContext.Current.CancellationToken);

        Assert.Equal(["hello"], sinks[0].Texts);
        Assert.Single(sinks[0].Signals);
        Assert.Empty(sinks[1].Texts);
        Assert.Empty(sinks[1].Signals);
    }

    [Fact]
    public async Task Nothing_reaches_a_sink_whose_subscription_was_disposed_and_the_room_can_be_subscribed_again()
    {
        await using var group = new InstanceGroup(connectionString: null);
        var instance = await group.AddAsync(Local);
        var left = new RecordingSink();
        var subscription = await instance.JoinAsync(group.Room, left);
        await Assert.ThrowsAsync<InvalidOperationException>(() => instance.JoinAsync(group.Room));

        await subscription.DisposeAsync();
        var joined = await instance.JoinAsync(group.Room);
        await instance.SendAsync(group.Room, "hello");

        Assert.Empty(left.Texts);
        Assert.Equal(["hello"], joined.Texts);
    }

    [Fact]
    public async Task The_other_modes_need_Redis()
    {
        await using var group = new InstanceGroup(connectionString: null);
        var instance = await group.AddAsync(Local);

        var error = Assert.Throws<InvalidOperationException>(() => instance.Factory.Create(BackplaneMode.Stream, version: 1));
        Assert.Equal("The mode 'stream' needs Redis, and this instance has none. Set ConnectionStrings:redis.", error.Message);
    }
}
