using System.Text;
using AspireChat.ChatServer.Protocol;
using AspireChat.ChatServer.Rooms;

namespace AspireChat.ChatServer.Connections;

/// <summary>The rooms that a connection is in. Most are in one, and a dictionary would be half as large as all else of theirs.</summary>
/// <remarks>For one caller at a time.</remarks>
internal struct JoinedRooms
{
    private Membership? _only;
    private Dictionary<string, Membership>? _several;

    public readonly int Count => _several?.Count ?? (_only is null ? 0 : 1);

    public readonly Membership? Find(ReadOnlySpan<byte> room)
    {
        if (_several is null)
        {
            return _only is not null && Ascii.Equals(room, _only.Room.Name) ? _only : null;
        }

        return _several.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(room, out var member) ? member : null;
    }

    public void Add(Membership member)
    {
        if (Count == 0)
        {
            (_only, _several) = (member, null);
            return;
        }

        _several ??= new Dictionary<string, Membership>(RoomNameComparer.Instance) { [_only!.Room.Name] = _only };
        _several.Add(member.Room.Name, member);
        _only = null;
    }

    public void Remove(Membership member)
    {
        _several?.Remove(member.Room.Name);
        _only = _only == member ? null : _only;
    }

    public IReadOnlyCollection<Membership> RemoveAll()
    {
        IReadOnlyCollection<Membership> all = _several is not null ? _several.Values : _only is not null ? [_only] : [];
        (_only, _several) = (null, null);
        return all;
    }
}
