namespace AspireChat.ChatServer.WebSockets;

/// <summary>What a <see cref="FrameReader"/> found in the bytes it was given.</summary>
internal enum ReceivedKind
{
    /// <summary>Nothing whole yet: more bytes are needed.</summary>
    None,

    /// <summary>A whole text message, its fragments joined, valid UTF-8.</summary>
    Text,
    Ping,
    Pong,
    Close,

    /// <summary>The beginning of a binary message.</summary>
    Binary,

    /// <summary>The header of a frame that makes its message longer than allowed.</summary>
    TooBig,

    /// <summary>A text message, or the beginning of one, that is not UTF-8.</summary>
    NotUtf8,

    /// <summary>Bytes that are no frames by RFC 6455. Nothing can be read after them.</summary>
    Broken,
}
