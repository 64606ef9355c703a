using AspireChat.ChatServer.Backplane;

namespace AspireChat.Tests.Backplane;

public abstract class RedisPubSubSpecification(SharedRedis redis) : BackplaneSpecification
{
    internal override BackplaneMode Mode => BackplaneMode.PubSub;

    internal override async Task<InstanceGroup> NewGroupAsync() => new(await redis.ConnectionStringAsync());
}

public sealed class PubSubBackplaneOnGarnet(SharedGarnet redis) : RedisPubSubSpecification(redis), IClassFixture<SharedGarnet>;

public sealed class PubSubBackplaneOnRedis(SharedRedisServer redis) : RedisPubSubSpecification(redis), IClassFixture<SharedRedisServer>;
