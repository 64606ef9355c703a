using System.Collections.Concurrent;
using AspireChat.ChatServer.Backplane;

namespace AspireChat.Tests.Cluster;

/// <summary>Stands for the rooms and connections of one instance: follows switches, and keeps what it hears.</summary>
internal sealed class HubUser(SignalHub hub) : IBackplaneUser, IBackplaneFactory
{
    private readonly ConcurrentQueue<(string Room, RoomSignal Signal)> _heard = new();
    private volatile HubBackplane? _current;

    public IBackplane Current => _current ?? throw new InvalidOperationException("No mode has been applied yet.");

    public IReadOnlyList<HubBackplane> Made => [.. _made];

    /// <summary>Awaited by each switch before it is done; completed unless a test holds switches up.</summary>
    public Func<CancellationToken, Task> BeforeSwitch { get; set; } = _ => Task.CompletedTask;

    private readonly ConcurrentQueue<HubBackplane> _made = new();

    public IBackplane Create(BackplaneMode mode, long version)
    {
        var made = new HubBackplane(hub, this, mode, version);
        _made.Enqueue(made);
        return made;
    }

    public async ValueTask SwitchAsync(IBackplane next, CancellationToken cancellationToken)
    {
        await BeforeSwitch(cancellationToken);
        _current = (HubBackplane)next;
        hub.Users[this] = true;
    }

    public void Hear(string room, RoomSignal signal) => _heard.Enqueue((room, signal));

    /// <summary>What the room heard so far, like <c>Joined ann 1</c>.</summary>
    public string[] Heard(string room) =>
        [.. _heard.Where(heard => heard.Room == room).Select(heard => $"{heard.Signal.Kind} {heard.Signal.Name} {heard.Signal.Members}")];
}
