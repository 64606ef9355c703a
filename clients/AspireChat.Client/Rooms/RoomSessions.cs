using AspireChat.Client.Connections;
using AspireChat.Client.Protocol;
using AspireChat.Client.Sending;

namespace AspireChat.Client.Rooms;

/// <summary>All rooms of a client: each goes onto each new connection, and each frame to what it is for.</summary>
internal sealed class RoomSessions(PendingSends sends) : IConnectionUser
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, RoomSession> _rooms = [];
    private (ChatConnection Connection, BackplaneMode Mode)? _attached;
    private Exception? _ended;

    /// <summary>The servers' mode; null while there is no connection.</summary>
    public BackplaneMode? Mode
    {
        get
        {
            lock (_gate)
                return _attached?.Mode;
        }
    }

    /// <exception cref="InvalidOperationException">The room is there already.</exception>
    /// <exception cref="ChatClosedException">The client is closed.</exception>
    public void Add(RoomSession room)
    {
        lock (_gate)
        {
            if (_ended is not null)
                throw new ChatClosedException($"The client is closed: {_ended.Message}", (_ended as ChatClosedException)?.CloseCode, _ended);

            if (!_rooms.TryAdd(room.Name, room))
                throw new InvalidOperationException($"This client is in room '{room.Name}' already. Leave it first, or use the room that you have.");

            if (_attached is { } present)
                room.Attach(present.Connection, present.Mode);
        }
    }

    public void Remove(RoomSession room)
    {
        lock (_gate)
        {
            if (_rooms.TryGetValue(room.Name, out var known) && known == room)
                _rooms.Remove(room.Name);
        }
    }

    public bool IsJoined(string room, ChatConnection connection) => Find(room)?.IsJoinedOn(connection) ?? false;

    public void Attach(ChatConnection connection)
    {
        lock (_gate)
        {
            _attached = (connection, connection.Server.Backplane);
            foreach (var room in _rooms.Values)
                room.Attach(connection, connection.Server.Backplane);
        }
    }

    public void Detach()
    {
        lock (_gate)
        {
            _attached = null;
            foreach (var room in _rooms.Values)
                room.Detach();
        }
    }

    public void Receive(ServerFrame frame)
    {
        switch (frame)
        {
            case AckFrame ack:
                sends.Complete(ack.Room, ack.Id, ack);
                break;
            case ErrorFrame { Room: { } room, Id: { } id }:
                sends.Complete(room, id, frame);
                break;
            case ErrorFrame { Room: { } room }:
                Find(room)?.Receive(frame);
                break;
            case BackplaneFrame switched:
                SwitchTo(switched.Mode);
                break;
            default:
                if (RoomOf(frame) is { } name)
                    Find(name)?.Receive(frame);
                break;
        }
    }

    /// <summary>The client is closed: the rooms' events end, with <paramref name="error"/> if there is one.</summary>
    public void End(Exception? error, Exception cause)
    {
        RoomSession[] rooms;
        lock (_gate)
        {
            _ended = cause;
            _attached = null;
            rooms = [.. _rooms.Values];
            _rooms.Clear();
        }

        foreach (var room in rooms)
            room.End(error);
    }

    private RoomSession? Find(string room)
    {
        lock (_gate)
            return _rooms.GetValueOrDefault(room);
    }

    private void SwitchTo(BackplaneMode mode)
    {
        lock (_gate)
        {
            _attached = _attached is { } present ? present with { Mode = mode } : null;
            foreach (var room in _rooms.Values)
                room.SwitchTo(mode);
        }
    }

    private static string? RoomOf(ServerFrame frame) => frame switch
    {
        JoinedFrame joined => joined.Room,
        MessageFrame message => message.Room,
        PresenceFrame presence => presence.Room,
        UserTypingFrame typing => typing.Room,
        LeftFrame left => left.Room,
        ResyncFrame resync => resync.Room,
        _ => null,
    };
}
