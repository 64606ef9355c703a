using AspireChat.ChatServer.Backplane;
using AspireChat.ChatServer.Presence;
using AspireChat.ChatServer.WebSockets;

namespace AspireChat.ChatServer.Protocol;

/// <summary>The frames that a server sends, but for <c>message</c> (<see cref="MessageEncoder"/>) and <c>welcome</c> (<see cref="WelcomeFrame"/>).</summary>
internal static class ServerFrames
{
    /// <param name="room">The room.</param>
    /// <param name="position">Where the messages end; null in the modes that have no stream.</param>
    /// <param name="recovered">Whether the messages are the missed ones rather than recent history.</param>
    /// <param name="messages">Encoded <c>message</c> frames.</param>
    /// <param name="members">Who is there.</param>
    public static ServerFrame Joined(string room, StreamPosition? position, bool recovered, ReadOnlySpan<ServerFrame> messages, RoomMembers members)
    {
        var writer = new FrameWriter("joined"u8);
        writer.Member("room"u8, room);
        Position(ref writer, position);
        writer.Member("recovered"u8, recovered);
        Messages(ref writer, messages);
        writer.Name("members"u8);
        writer.Raw("["u8);
        for (var i = 0; i < Math.Min(members.Members.Count, WireProtocol.MaxListedMembers); i++)
        {
            writer.Raw(i == 0 ? "{\"name\":"u8 : ",{\"name\":"u8);
            writer.Text(members.Members[i].Name);
            writer.Member("connections"u8, members.Members[i].Connections);
            writer.Raw("}"u8);
        }

        writer.Raw("]"u8);
        writer.Member("memberCount"u8, members.Count);
        return writer.Finish();
    }

    public static ServerFrame Resync(string room, StreamPosition? position, ReadOnlySpan<ServerFrame> messages)
    {
        var writer = new FrameWriter("resync"u8);
        writer.Member("room"u8, room);
        Position(ref writer, position);
        Messages(ref writer, messages);
        return writer.Finish();
    }

    public static ServerFrame Ack(string room, string id, StreamPosition? position)
    {
        var writer = new FrameWriter("ack"u8);
        writer.Member("room"u8, room);
        writer.Member("id"u8, id);
        if (position is { } place)
        {
            writer.Member("offset"u8, place.Offset);
            writer.Member("epoch"u8, place.Epoch);
        }

        return writer.Finish();
    }

    public static ServerFrame Left(string room)
    {
        var writer = new FrameWriter("left"u8);
        writer.Member("room"u8, room);
        return writer.Finish();
    }

    public static ServerFrame Presence(string room, bool joined, string name, int members)
    {
        var writer = new FrameWriter("presence"u8);
        writer.Member("room"u8, room);
        writer.Member("event"u8, joined ? "joined"u8 : "left"u8);
        writer.Member("name"u8, name);
        writer.Member("members"u8, members);
        return writer.Finish();
    }

    /// <summary>Stands for all the comings and goings of a second in a big room.</summary>
    public static ServerFrame PresenceCount(string room, int members)
    {
        var writer = new FrameWriter("presence"u8);
        writer.Member("room"u8, room);
        writer.Member("event"u8, "count"u8);
        writer.Member("members"u8, members);
        return writer.Finish();
    }

    public static ServerFrame Typing(string room, string name)
    {
        var writer = new FrameWriter("typing"u8);
        writer.Member("room"u8, room);
        writer.Member("name"u8, name);
        return writer.Finish();
    }

    public static ServerFrame Backplane(BackplaneMode mode)
    {
        var writer = new FrameWriter("backplane"u8);
        writer.Member("mode"u8, mode.Name());
        return writer.Finish();
    }

    public static ServerFrame Reconnect(string reason, TimeSpan after)
    {
        var writer = new FrameWriter("reconnect"u8);
        writer.Member("reason"u8, reason);
        writer.Member("afterMs"u8, (long)after.TotalMilliseconds);
        return writer.Finish();
    }

    /// <param name="echo">The ping's <c>t</c> as it came; empty when it had none.</param>
    public static ServerFrame Pong(ReadOnlySpan<byte> echo)
    {
        var writer = new FrameWriter("pong"u8);
        if (!echo.IsEmpty)
        {
            writer.Name("t"u8);
            writer.Raw(echo);
        }

        return writer.Finish();
    }

    /// <param name="error">The error.</param>
    /// <param name="room">The room it is about; empty when there is none.</param>
    /// <param name="id">The message it is about; empty when there is none.</param>
    public static ServerFrame Error(ErrorCode error, ReadOnlySpan<byte> room = default, ReadOnlySpan<byte> id = default)
    {
        var writer = new FrameWriter("error"u8);
        writer.Member("code"u8, error.Code);
        writer.Member("message"u8, error.Explanation);
        if (!room.IsEmpty)
        {
            writer.Member("room"u8, room);
        }

        if (!id.IsEmpty)
        {
            writer.Member("id"u8, id);
        }

        return writer.Finish();
    }

    private static void Position(ref FrameWriter writer, StreamPosition? position)
    {
        writer.Name("position"u8);
        if (position is not { } place)
        {
            writer.Raw("null"u8);
            return;
        }

        writer.Raw("{\"epoch\":"u8);
        writer.Text(place.Epoch);
        writer.Member("offset"u8, place.Offset);
        writer.Raw("}"u8);
    }

    private static void Messages(ref FrameWriter writer, ReadOnlySpan<ServerFrame> messages)
    {
        writer.Name("messages"u8);
        writer.Raw("["u8);
        for (var i = 0; i < messages.Length; i++)
        {
            if (i > 0)
            {
                writer.Raw(","u8);
            }

            writer.Raw(messages[i].Payload.Span);
        }

        writer.Raw("]"u8);
    }
}
