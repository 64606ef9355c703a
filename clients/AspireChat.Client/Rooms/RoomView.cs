using AspireChat.Client.Protocol;

namespace AspireChat.Client.Rooms;

/// <summary>
/// The exactly-once view of a room: makes the app's events of the frames. An event that the buffer refuses leaves the cursor where it is; there the
/// room resumes once the app has caught up.
/// </summary>
/// <remarks>Not thread-safe: used under the room's lock.</remarks>
internal sealed class RoomView(string room, EventBuffer events)
{
    private readonly RoomCursor _cursor = new();
    private BackplaneMode _mode;
    private BackplaneMode? _announced;

    /// <summary>Whether the room has been joined, on this connection or an earlier one.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Where to resume; null when there is no stream.</summary>
    public ResumePoint? Last => _cursor.Last;

    public StreamPosition? Position => _cursor.Position;

    /// <summary>The mode is, or was switched to, <paramref name="mode"/>.</summary>
    public void SetMode(BackplaneMode mode)
    {
        _mode = mode;
        if (mode != BackplaneMode.Stream)
            _cursor.LeaveStream();

        if (HasBegun)
            Announce();
    }

    public void Interrupted()
    {
        if (HasBegun)
            events.TryAdd(new RoomInterrupted());
    }

    /// <returns>How the server broke the protocol; null if it did not.</returns>
    public ChatProtocolException? Joined(JoinedFrame frame)
    {
        var members = new RoomMembers(frame.Members, frame.MemberCount);
        if (!HasBegun)
        {
            HasBegun = true;
            _announced = _mode;
            _cursor.MoveTo(frame.Position, frame.Messages);
            events.TryAdd(new RoomJoined(RoomEvents.From(frame.Messages, frame.Position), frame.Position, frame.Recovered, members));
            return null;
        }

        Announce();
        if (!frame.Recovered || _cursor.Last is null)
        {
            Resync(frame.Position is null ? ResyncReason.NoStream : ResyncReason.NotRecovered, frame.Position, frame.Messages, members);
            return null;
        }

        events.TryAdd(new RoomResumed(members));
        foreach (var message in frame.Messages)
        {
            if (Take(message) is { } breach)
                return breach;
        }

        return null;
    }

    /// <returns>How the server broke the protocol; null if it did not.</returns>
    public ChatProtocolException? Take(MessageFrame message)
    {
        switch (_cursor.Check(message))
        {
            case Continuity.Next when events.TryAdd(new MessageReceived(RoomEvents.From(message, _cursor.Position))):
                _cursor.Advance(message);
                return null;
            case Continuity.Gap when !events.Overflowed:
                return new ChatProtocolException($"The server left out messages of room '{room}': {message.Offset} came after {_cursor.Position?.Offset}.");
            default:
                return null;
        }
    }

    public void Resync(ResyncFrame frame)
    {
        Announce();
        Resync(ResyncReason.EpochChanged, frame.Position, frame.Messages, members: null);
    }

    public void Presence(PresenceFrame frame) => events.TryAdd(RoomEvents.From(frame));

    public void Typing(UserTypingFrame frame) => events.TryAdd(new UserTyping(frame.Name));

    /// <summary>The app has read all of a buffer that had overflowed.</summary>
    /// <returns>Whether the room must be joined again to get what was refused; without a stream there is nothing to get, and the view goes on.</returns>
    public bool Reopen()
    {
        events.Reopen();
        if (_mode == BackplaneMode.Stream)
            return true;

        Announce();
        Resync(ResyncReason.NoStream, position: null, messages: [], members: null);
        return false;
    }

    private void Resync(ResyncReason reason, StreamPosition? position, IReadOnlyList<MessageFrame> messages, RoomMembers? members)
    {
        if (!events.HasRoom())
            return;

        var fresh = _cursor.MoveTo(position, messages);
        events.TryAdd(new RoomResynced(reason, RoomEvents.From(messages, position), RoomEvents.From(fresh, position), position, members));
    }

    /// <summary>Tells the app of a switch that it has not been told of.</summary>
    private void Announce()
    {
        if (_announced != _mode && events.TryAdd(new BackplaneSwitched(_mode)))
            _announced = _mode;
    }
}
