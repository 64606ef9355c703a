using AspireChat.ChatServer.Security.Identity;
using Microsoft.Extensions.Options;

namespace AspireChat.ChatServer.Security;

/// <summary>A user may join and send in the rooms that his token names, each by its whole name or by a beginning and <c>*</c>.</summary>
internal sealed class ClaimsRoomPolicy(IOptions<AuthOptions> options) : IRoomPolicy
{
    private readonly string _claim = options.Value.RoomsClaim!;

    public ValueTask<bool> AllowsAsync(ConnectionIdentity? identity, string room, RoomAction action) =>
        new(identity?.Claims.GetValueOrDefault(_claim)?.Any(rooms => Covers(rooms, room)) ?? false);

    private static bool Covers(string rooms, string room) => rooms.EndsWith('*')
        ? room.AsSpan().StartsWith(rooms.AsSpan(..^1), StringComparison.Ordinal)
        : string.Equals(rooms, room, StringComparison.Ordinal);
}
