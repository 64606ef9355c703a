using AspireChat.LoadTest.Auditing.Recording;

namespace AspireChat.LoadTest.Auditing.Clients;

/// <summary>How far a client has come in its room: the last message it took, as a client that resumes must know it.</summary>
internal sealed class Membership(string room)
{
    private readonly Lock _gate = new();
    private StreamPosition? _position;
    private (string Id, string Name)? _last;

    public string Room => room;

    public bool IsJoined { get; private set; }

    public (StreamPosition? Position, (string Id, string Name)? Last) Mark
    {
        get
        {
            lock (_gate)
                return (_position, _last);
        }
    }

    public void Join(StreamPosition? position, IReadOnlyList<RawMessage> messages)
    {
        lock (_gate)
        {
            IsJoined = true;
            MoveTo(position, messages);
        }
    }

    public void Leave()
    {
        lock (_gate)
            IsJoined = false;
    }

    public void MoveTo(StreamPosition? position, IReadOnlyList<RawMessage> messages)
    {
        lock (_gate)
        {
            if (_position != position)
                _last = null;

            _position = position;
            if (messages is [.., var last] && last.Seen.Offset == position?.Offset)
                _last = (last.Id, last.Name);
        }
    }

    public void Take(RawMessage message)
    {
        lock (_gate)
        {
            if (_position is not { } position || !(message.Seen.Offset > position.Offset))
                return;

            _position = position with { Offset = message.Seen.Offset.Value };
            _last = (message.Id, message.Name);
        }
    }

    public void LeaveStream()
    {
        lock (_gate)
            (_position, _last) = (null, null);
    }
}
