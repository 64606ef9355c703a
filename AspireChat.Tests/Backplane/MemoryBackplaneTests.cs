using AspireChat.ChatServer.Backplane;

namespace AspireChat.Tests.Backplane;

/// <summary>The stand-in that other tests use keeps what the real ones promise.</summary>
public sealed class MemoryStreamBackplaneTests : StreamSpecification
{
    internal override Task<InstanceGroup> NewGroupAsync() => Task.FromResult(new InstanceGroup(connectionString: null, new MemoryHub()));
}

public sealed class MemoryPubSubBackplaneTests : BackplaneSpecification
{
    internal override BackplaneMode Mode => BackplaneMode.PubSub;

    internal override Task<InstanceGroup> NewGroupAsync() => Task.FromResult(new InstanceGroup(connectionString: null, new MemoryHub()));
}
