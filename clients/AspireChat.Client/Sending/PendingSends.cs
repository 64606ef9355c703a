using System.Collections.Concurrent;
using AspireChat.Client.Protocol;

namespace AspireChat.Client.Sending;

/// <summary>Brings answers to the messages that await them.</summary>
internal sealed class PendingSends
{
    private readonly ConcurrentDictionary<(string Room, string Id), PendingSend> _pending = new();

    public PendingSend Add(string room, string id)
    {
        var send = new PendingSend();
        return _pending.TryAdd((room, id), send)
            ? send
            : throw new InvalidOperationException($"A message with the id '{id}' is on its way to room '{room}' already. Await it, or use another id.");
    }

    public void Remove(string room, string id) => _pending.TryRemove((room, id), out _);

    public void Complete(string room, string id, ServerFrame answer)
    {
        if (_pending.TryGetValue((room, id), out var send))
            send.Complete(answer);
    }
}
