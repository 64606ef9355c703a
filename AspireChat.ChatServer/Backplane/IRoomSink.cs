namespace AspireChat.ChatServer.Backplane;

/// <summary>
/// Where a subscription's messages go. Calls for one subscription never overlap; they must return soon and never wait for a client. They come under a
/// lock of the backplane, which disposing the subscription takes too: never dispose it while holding a lock that these methods take.
/// </summary>
internal interface IRoomSink
{
    /// <summary>Called once, before all else: messages after this position will be delivered. Null in the modes that have no stream.</summary>
    void Begin(StreamPosition? position);

    /// <summary>
    /// The room's next message. In mode stream: exactly the one after the last position given, without gap or repeat.
    /// </summary>
    void Deliver(RoomMessage message);

    /// <summary>
    /// Mode stream only: continuity was lost, the stream goes on in another epoch. What was delivered before counts no more; here is where the
    /// new stream stands and what it holds of recent messages (at most 50), the last of them at <paramref name="position"/>.
    /// </summary>
    void Resync(StreamPosition position, IReadOnlyList<RoomMessage> recent);

    /// <summary>A hint from any instance, this one included.</summary>
    void Signal(RoomSignal signal);
}
