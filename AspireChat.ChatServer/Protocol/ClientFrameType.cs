namespace AspireChat.ChatServer.Protocol;

/// <summary>What a client may ask.</summary>
internal enum ClientFrameType : byte
{
    Unknown,
    Join,
    Leave,
    Send,
    Typing,
    Ping,
}
