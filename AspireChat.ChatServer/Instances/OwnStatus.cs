using AspireChat.ChatServer.Backplane;

namespace AspireChat.ChatServer.Instances;

/// <summary>What this instance has to tell of itself, put together when asked.</summary>
internal sealed class OwnStatus(Incarnation incarnation, IInstanceLoad load)
{
    private volatile AppliedMode? _mode;
    private long _canary;

    public InstanceStatus Now => new()
    {
        Instance = incarnation.Instance,
        Incarnation = incarnation.Id,
        Mode = _mode?.Mode.Name() ?? "",
        ModeVersion = _mode?.Version ?? 0,
        Connections = load.Connections,
        Canary = Volatile.Read(ref _canary),
        Draining = load.Draining,
    };

    /// <summary>From now on this instance works in this mode.</summary>
    public void Applied(BackplaneMode mode, long version) => _mode = new(mode, version);

    /// <summary>Redis has taken this beat of the canary.</summary>
    public void CanaryTaken(long number) => Volatile.Write(ref _canary, number);

    private sealed record AppliedMode(BackplaneMode Mode, long Version);
}
