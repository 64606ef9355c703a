namespace AspireChat.ChatServer.Connections;

/// <summary>What became of a frame that was put into an <see cref="OutboundQueue"/>.</summary>
internal enum Enqueued
{
    Accepted,

    /// <summary>The queue holds as much as it may: the peer takes less than it is sent.</summary>
    Overflow,

    /// <summary>Nothing is taken any more: the last frame is in, or the socket is broken.</summary>
    Ended,
}
