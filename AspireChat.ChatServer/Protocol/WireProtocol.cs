namespace AspireChat.ChatServer.Protocol;

/// <summary>The names and bounds of wire protocol <c>aspirechat.v1</c>. A change that breaks clients is a new version.</summary>
internal static class WireProtocol
{
    public const int Version = 1;

    /// <summary>The WebSocket sub-protocol of this version.</summary>
    public const string SubProtocol = "aspirechat.v1";

    /// <summary>What a client sends in one frame at most, its fragments counted together.</summary>
    public const int MaxFrameBytes = 64 * 1024;

    /// <summary>Lengths of text are in UTF-16 units, as JavaScript and .NET count them.</summary>
    public const int MaxTextLength = 4_000;

    public const int MaxRoomLength = 64;
    public const int MaxNameLength = 32;
    public const int MaxIdLength = 64;
    public const int MaxEpochLength = 64;

    /// <summary>The largest whole number that JavaScript holds exactly.</summary>
    public const long MaxOffset = (1L << 53) - 1;

    public const int MaxHistory = 100;
    public const int DefaultHistory = 50;

    /// <summary>How many messages, and how many bytes of them, one frame or one step of a replay carries at most.</summary>
    public const int MaxMessagesAtOnce = 128;

    /// <inheritdoc cref="MaxMessagesAtOnce"/>
    public const int MaxMessageBytesAtOnce = 256 * 1024;

    /// <summary>How many members are listed by name; past it, a room's changes are gathered into counts.</summary>
    public const int MaxListedMembers = 100;
}
