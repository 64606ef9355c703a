namespace AspireChat.ChatServer.Backplane.Redis;

/// <summary>Who hears a channel. Calls never overlap and must return soon.</summary>
internal interface IChannelListener
{
    /// <summary>The channel's next message, in the order in which Redis sent them.</summary>
    void Hear(ReadOnlyMemory<byte> message);

    /// <summary>So many messages were passed over, since they came faster than they were heard.</summary>
    void Missed(int messages);

    /// <summary>The channel is subscribed on another server than before: what was published meanwhile may not have been heard.</summary>
    void Moved();
}
