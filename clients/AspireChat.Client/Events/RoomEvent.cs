namespace AspireChat.Client;

/// <summary>
/// Something that happened in a room, in the order in which it happened. One of <see cref="RoomJoined"/>, <see cref="MessageReceived"/>,
/// <see cref="RoomInterrupted"/>, <see cref="RoomResumed"/>, <see cref="RoomResynced"/>, <see cref="PresenceChanged"/>, <see cref="UserTyping"/>
/// and <see cref="BackplaneSwitched"/>; later versions may add others, so ignore what is unknown.
/// </summary>
public abstract record RoomEvent
{
    private protected RoomEvent()
    {
    }
}
