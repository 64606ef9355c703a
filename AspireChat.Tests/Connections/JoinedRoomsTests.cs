using AspireChat.ChatServer.Connections;
using AspireChat.ChatServer.Rooms;

namespace AspireChat.Tests.Connections;

public sealed class JoinedRoomsTests
{
    [Fact]
    public void One_room_or_several_are_found_until_they_are_left()
    {
        var (tea, ale, gin) = (MemberOf("tea"), MemberOf("ale"), MemberOf("gin"));
        var rooms = new JoinedRooms();
        Assert.Equal((0, null), (rooms.Count, rooms.Find("tea"u8)));

        rooms.Add(tea);
        Assert.Equal((1, tea, null), (rooms.Count, rooms.Find("tea"u8), rooms.Find("ale"u8)));

        rooms.Add(ale);
        rooms.Add(gin);
        Assert.Equal((3, tea, ale, gin), (rooms.Count, rooms.Find("tea"u8), rooms.Find("ale"u8), rooms.Find("gin"u8)));

        rooms.Remove(tea);
        Assert.Equal((2, null, ale), (rooms.Count, rooms.Find("tea"u8), rooms.Find("ale"u8)));

        rooms.Remove(ale);
        rooms.Remove(gin);
        rooms.Add(tea);
        Assert.Equal((1, tea, null), (rooms.Count, rooms.Find("tea"u8), rooms.Find("gin"u8)));

        rooms.Remove(ale);
        rooms.Remove(tea);
        Assert.Equal((0, null), (rooms.Count, rooms.Find("tea"u8)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void All_rooms_are_left_at_once(int count)
    {
        var members = Enumerable.Range(0, count).Select(i => MemberOf($"room-{i}")).ToArray();
        var rooms = new JoinedRooms();
        foreach (var member in members)
        {
            rooms.Add(member);
        }

        Assert.Equal(members.ToHashSet(), rooms.RemoveAll().ToHashSet());
        Assert.Equal(0, rooms.Count);
        Assert.Empty(rooms.RemoveAll());
    }

    /// <summary>The rooms of a connection ask nothing of a room but its name.</summary>
    private static Membership MemberOf(string room) => new(new Room(room, null!, null!, null!), null!, "ada", wantsPresence: false);
}
