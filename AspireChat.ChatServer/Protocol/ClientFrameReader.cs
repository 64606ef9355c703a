using System.Text;

namespace AspireChat.ChatServer.Protocol;

/// <summary>Reads and validates what a client sends.</summary>
internal static class ClientFrameReader
{
    /// <param name="json">The frame as received. Escapes are decoded in place, so it is no JSON any more afterwards.</param>
    /// <param name="frame">The frame. When it is refused, its room and id are set as far as they are valid, for the answer.</param>
    /// <returns>Null, or why the frame is refused.</returns>
    public static ErrorCode? Read(Span<byte> json, out ClientFrame frame)
    {
        frame = default;
        if (!FrameMembers.TryRead(json, out var members))
        {
            return ErrorCode.BadJson;
        }

        frame.Type = TypeOf(members.Type);
        frame.Room = ValidOrNone(members.Room, RoomName.IsValid(members.Room.Value));
        frame.Id = ValidOrNone(members.Id, IsLength(members.Id.Value, WireProtocol.MaxIdLength));
        frame.Name = members.Name.Value;
        frame.Text = members.Text.Value;
        frame.Echo = members.Echo;
        frame.Since = members.Since;
        frame.History = members.History;
        frame.Presence = members.Presence;

        return frame.Type switch
        {
            ClientFrameType.Unknown => ErrorCode.UnknownType,
            ClientFrameType.Ping => null,
            _ when frame.Room.IsEmpty => ErrorCode.BadRoom,
            ClientFrameType.Join => CheckJoin(members),
            ClientFrameType.Send => CheckSend(members, frame),
            _ => null,
        };
    }

    /// <summary>Reads a message that is no frame: without <c>type</c> and <c>room</c>, and with a <c>name</c>.</summary>
    public static ErrorCode? ReadMessage(Span<byte> json, out ClientFrame frame)
    {
        frame = default;
        if (!FrameMembers.TryRead(json, out var members))
        {
            return ErrorCode.BadJson;
        }

        frame.Type = ClientFrameType.Send;
        frame.Id = ValidOrNone(members.Id, IsLength(members.Id.Value, WireProtocol.MaxIdLength));
        frame.Name = members.Name.Value;
        frame.Text = members.Text.Value;
        return CheckSend(members, frame) ?? (members.Name.Given ? null : ErrorCode.BadName);
    }

    private static ErrorCode? CheckJoin(scoped in FrameMembers members) =>
        !IsName(members.Name) ? ErrorCode.BadName
        : members.JoinBroken ? ErrorCode.BadJson
        : null;

    private static ErrorCode? CheckSend(scoped in FrameMembers members, scoped in ClientFrame frame) =>
        frame.Id.IsEmpty ? ErrorCode.BadId
        : members.Name.Given && !IsName(members.Name) ? ErrorCode.BadName
        : members.Text.Broken || !IsLength(members.Text.Value, WireProtocol.MaxTextLength) ? ErrorCode.BadText
        : null;

    private static bool IsName(StringMember name) => !name.Broken && UserName.IsValid(name.Value);

    /// <summary>Whether a text has 1 to <paramref name="max"/> UTF-16 units, each of which takes 1 to 3 bytes.</summary>
    private static bool IsLength(ReadOnlySpan<byte> utf8, int max) =>
        !utf8.IsEmpty && (utf8.Length <= max || (utf8.Length <= max * 3 && Encoding.UTF8.GetCharCount(utf8) <= max));

    private static ReadOnlySpan<byte> ValidOrNone(StringMember member, bool valid) => valid ? member.Value : default;

    private static ClientFrameType TypeOf(StringMember type) => type.Value switch
    {
        _ when type.Value.SequenceEqual("send"u8) => ClientFrameType.Send,
        _ when type.Value.SequenceEqual("join"u8) => ClientFrameType.Join,
        _ when type.Value.SequenceEqual("typing"u8) => ClientFrameType.Typing,
        _ when type.Value.SequenceEqual("ping"u8) => ClientFrameType.Ping,
        _ when type.Value.SequenceEqual("leave"u8) => ClientFrameType.Leave,
        _ => ClientFrameType.Unknown,
    };
}
