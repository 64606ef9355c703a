using System.Collections.Concurrent;
using System.Diagnostics;
using AspireChat.ChatServer.Security.Identity;
using AspireChat.ChatServer.Telemetry;
using AspireChat.ChatServer.WebSockets;

namespace AspireChat.ChatServer.Connections;

/// <summary>The connections of this instance.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class ConnectionDirectory
{
    private readonly ConcurrentDictionary<long, ChatConnection> _connections = new();
    private readonly ConnectionSetup _setup;
    private long _lastNumber;

    public ConnectionDirectory(ConnectionSetup setup)
    {
        _setup = setup;
        var meter = setup.Telemetry.Meter;
        meter.CreateObservableUpDownCounter(TelemetryNames.Connections, () => Count, "{connection}", "Open connections.");
        meter.CreateObservableGauge(TelemetryNames.OutboundBytes, () => _connections.Values.Sum(connection => (long)connection.Outbound.Bytes), "By", "Bytes that wait to be written to connections.");
    }

    /// <summary>How many there have been.</summary>
    public long Opened => Volatile.Read(ref _lastNumber);

    public int Count => _connections.Count;

    public bool IsEmpty => _connections.IsEmpty;

    public IEnumerable<ChatConnection> All => _connections.Select(entry => entry.Value);

    /// <summary>Makes a connection that nobody else can see yet.</summary>
    public ChatConnection Create(FrameTransport transport, ConnectionIdentity? identity, ActivityContext upgrade) =>
        new(_setup, Interlocked.Increment(ref _lastNumber), transport) { Identity = identity, Upgrade = upgrade };

    public void Add(ChatConnection connection) => _connections.TryAdd(connection.Number, connection);

    public void Remove(ChatConnection connection) => _connections.TryRemove(connection.Number, out _);

    public void SendToAll(ServerFrame frame)
    {
        foreach (var connection in All)
        {
            connection.Send(frame);
        }
    }
}
