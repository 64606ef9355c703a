using AspireChat.ChatServer.Backplane.Envelopes;

namespace AspireChat.ChatServer.Backplane.Streams;

/// <summary>Where a room's stream stands: the position of its newest message, and that message's mark.</summary>
internal readonly record struct StreamHead(string Epoch, long Offset, MessageMark Mark)
{
    public StreamPosition Position => new(Epoch, Offset);
}
