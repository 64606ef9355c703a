using System.Buffers;
using System.Text;

namespace AspireChat.ChatServer.Protocol;

/// <summary>Room names: 1 to 64 of <c>A-Z a-z 0-9 . _ -</c>, so that they fit into URLs, Redis keys and logs as they are.</summary>
internal static class RoomName
{
    private static readonly SearchValues<byte> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-"u8);

    public static bool IsValid(ReadOnlySpan<byte> utf8) =>
        utf8.Length is >= 1 and <= WireProtocol.MaxRoomLength && !utf8.ContainsAnyExcept(Allowed);

    public static bool IsValid(string room) =>
        room.Length <= WireProtocol.MaxRoomLength && IsValid(Encoding.UTF8.GetBytes(room));
}
