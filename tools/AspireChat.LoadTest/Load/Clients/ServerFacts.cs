using System.Collections.Concurrent;

namespace AspireChat.LoadTest.Load.Clients;

/// <summary>What servers say of themselves in their <c>welcome</c>.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class ServerFacts
{
    private readonly ConcurrentDictionary<string, bool> _instances = new();

    public IReadOnlyList<string> Instances => [.. _instances.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The mode of the backplane.</summary>
    public string Mode { get; private set; } = "";

    /// <summary>What one connection may send in a second; 0 is no limit.</summary>
    public int SendsPerSecond { get; private set; }

    public void Take(ControlFrame welcome)
    {
        _instances.TryAdd(welcome.Instance ?? "", true);
        (Mode, SendsPerSecond) = (welcome.Mode ?? Mode, welcome.SendsPerSecond);
    }
}
