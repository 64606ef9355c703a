namespace AspireChat.ChatServer.Backplane.Envelopes;

/// <summary>
/// The first byte of everything on a room's channel: the version of the format in its upper half, what it is in its lower one. Anything else is from
/// another version of this server and is passed over.
/// </summary>
internal enum EnvelopeKind : byte
{
    /// <summary>A message without a place: mode pubsub.</summary>
    Message = 0x11,

    /// <summary>A hint: every mode.</summary>
    Signal = 0x12,

    /// <summary>A message in its place: mode stream. Also what the history holds. Written by <c>publish.lua</c>.</summary>
    StreamMessage = 0x13,

    /// <summary>"Your epoch has ended, look": mode stream. Written by <c>open.lua</c>.</summary>
    Notice = 0x14,
}
