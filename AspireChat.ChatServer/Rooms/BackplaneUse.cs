using AspireChat.ChatServer.Backplane;

namespace AspireChat.ChatServer.Rooms;

/// <summary>The right to use a backplane: as long as it is held, the backplane is neither switched nor disposed. Dispose it once.</summary>
internal readonly struct BackplaneUse(ActiveBackplane owner, IBackplane backplane) : IDisposable
{
    public IBackplane Backplane { get; } = backplane;

    public void Dispose() => owner.EndUse();
}
