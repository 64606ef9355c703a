using System.Text.Json;
using AspireChat.LoadTest.Auditing.Checking;
using AspireChat.LoadTest.Auditing.Recording;

namespace AspireChat.Tests.Auditing;

/// <summary>A record made up by a test: two clients, unless told otherwise, in one room whose epoch is e1.</summary>
internal sealed class History
{
    private const string Room = "room";

    private readonly Checker _checker = new();
    private long _now;

    public History(int clients = 2, string mode = "stream", double ackLimitSeconds = 10)
    {
        Add(new RunBegan("run", DateTimeOffset.UnixEpoch, ackLimitSeconds));
        for (var client = 0; client < clients; client++)
        {
            Add(new Connected(client, $"chat-{client + 1}", mode));
            Join(client, since: null, recovered: false, mode == "stream" ? new StreamPosition("e1", 0) : null);
        }
    }

    public History Add(AuditEntry entry)
    {
        entry.At = _now += 1000;
        // By way of a line, as a record would have it.
        _checker.Take(JsonSerializer.Deserialize(JsonSerializer.Serialize(entry, AuditJson.Default.AuditEntry), AuditJson.Default.AuditEntry)!);
        return this;
    }

    public History Wait(double seconds)
    {
        _now += (long)(seconds * 1e6);
        return this;
    }

    public History Send(long send) => Add(new SendBegan(send, 0, Room, Digest(send)));

    public History Again(long send) => Add(new SendRepeated(send));

    public History Ack(long send, long? offset, string epoch = "e1") =>
        Add(new SendAcknowledged(send, offset is { } known ? new StreamPosition(epoch, known) : null));

    public History Refuse(long send, string code) => Add(new SendRefused(send, code));

    public History Abandon(long send) => Add(new SendAbandoned(send));

    public History See(int client, long send, long? offset) => Add(new MessageSeen(client, Room, Message(send, offset)));

    public History See(int client, SeenMessage message) => Add(new MessageSeen(client, Room, message));

    /// <summary>A send that goes as it should: acknowledged and seen by these clients, both if none is named.</summary>
    public History Say(long send, long offset, params int[] clients)
    {
        Send(send).Ack(send, offset);
        foreach (var client in clients is [] ? [0, 1] : clients)
            See(client, send, offset);

        return this;
    }

    public History Lose(int client, int? code = null) => Add(new Disconnected(client, code, Own: false));

    public History Join(int client, StreamPosition? since, bool recovered, StreamPosition? position, params SeenMessage[] messages) =>
        Add(new JoinSent(client, Room, since)).Add(new JoinAnswered(client, Room, recovered, position, messages));

    public History Resume(int client, long since, bool recovered, long position, params SeenMessage[] messages) =>
        Join(client, new StreamPosition("e1", since), recovered, new StreamPosition("e1", position), messages);

    public History Resync(int client, StreamPosition? position, params SeenMessage[] messages) => Add(new ResyncSeen(client, Room, position, messages));

    public static SeenMessage Message(long send, long? offset) => new(send, Digest(send), offset);

    public Verdict End() => Add(new RunEnded()).Conclude();

    public Verdict Conclude() => _checker.Conclude();

    private static uint Digest(long send) => (uint)send * 31;
}
