using AspireChat.ChatServer.Backplane;

namespace AspireChat.Tests.Backplane;

public sealed class PubSubBackplaneOnGarnet(SharedGarnet redis) : BackplaneSpecification(redis), IClassFixture<SharedGarnet>
{
    internal override BackplaneMode Mode => BackplaneMode.PubSub;
}

public sealed class PubSubBackplaneOnRedis(SharedRedisServer redis) : BackplaneSpecification(redis), IClassFixture<SharedRedisServer>
{
    internal override BackplaneMode Mode => BackplaneMode.PubSub;
}
