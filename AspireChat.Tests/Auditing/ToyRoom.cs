using System.Text.Json;

namespace AspireChat.Tests.Auditing;

/// <summary>A room of a <see cref="ToyServer"/>. Used under its lock.</summary>
internal sealed class ToyRoom(string name, ToyServer server)
{
    private readonly List<object> _messages = [];
    private readonly Dictionary<(string Name, string Id), long> _known = [];
    private readonly List<(object Message, long Offset)> _heldBack = [];
    private int _epoch = 1;

    public HashSet<ToyConnection> Members { get; } = [];

    private string Epoch => $"epoch-{_epoch}";

    public void Join(ToyConnection connection, JsonElement join)
    {
        connection.Name = join.GetProperty("name").GetString()!;
        long? since = join.TryGetProperty("since", out var asked) && asked.GetProperty("epoch").GetString() == Epoch ? asked.GetProperty("offset").GetInt64() : null;
        var recovered = since <= _messages.Count;
        var missed = recovered ? _messages[(int)since!.Value..] : _messages[Math.Max(0, _messages.Count - join.GetProperty("history").GetInt32())..];
        connection.Send(new { type = "joined", room = name, position = Position(_messages.Count), recovered, messages = missed, members = Array.Empty<object>(), memberCount = 0 });
        Members.Add(connection);
    }

    public void Publish(ToyConnection connection, JsonElement send)
    {
        var id = send.GetProperty("id").GetString()!;
        var sender = send.TryGetProperty("name", out var given) ? given.GetString()! : connection.Name;
        if (!_known.TryGetValue((sender, id), out var offset))
        {
            _known.Add((sender, id), offset = _messages.Count + 1);
            var message = new { type = "message", room = name, offset, id, name = sender, text = send.GetProperty("text").GetString(), at = "2026-01-02T03:04:05Z", instance = connection.Instance };
            _messages.Add(message);
            if (server.IsHeldBack(offset))
            {
                _heldBack.Add((message, offset));
            }
            else
            {
                Deliver(message, offset);
                foreach (var held in _heldBack)
                    Deliver(held.Message, held.Offset);

                _heldBack.Clear();
            }
        }

        connection.Send(new { type = "ack", room = name, id, offset, epoch = Epoch });
    }

    private void Deliver(object message, long offset)
    {
        foreach (var member in Members)
        {
            for (var copies = server.Copies(member.Name, offset); copies > 0; copies--)
                member.Send(message);
        }
    }

    public void Replace(bool tell)
    {
        _epoch++;
        _messages.Clear();
        _known.Clear();
        if (!tell)
            return;

        foreach (var member in Members)
            member.Send(new { type = "resync", room = name, position = Position(0), messages = Array.Empty<object>() });
    }

    private object Position(long offset) => new { epoch = Epoch, offset };
}
