using System.Diagnostics;

namespace AspireChat.ChatServer.Backplane;

/// <summary>One message as a backplane hands it out. Immutable, and shared by every receiver.</summary>
internal sealed class RoomMessage
{
    /// <summary>
    /// The rest of the message's JSON object, in UTF-8, from its <c>id</c> on, closing brace included:
    /// <c>"id":…,"name":…,"text":…,"at":…,"instance":…}</c>. Type, room and offset go before it, so that the sender can encode it
    /// before the message has its place.
    /// </summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The message's place in its room's stream, in the stream's present epoch; 0 in the modes that have no stream.</summary>
    public long Offset { get; init; }

    /// <summary>The span that published it, on whichever instance that was; default when it was not sampled.</summary>
    public ActivityContext TraceContext { get; init; }
}
