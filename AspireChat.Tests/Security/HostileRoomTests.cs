using System.Net;
using System.Text;
using AspireChat.ChatServer.Backplane;
using AspireChat.ChatServer.Protocol;
using AspireChat.Tests.ChatServers;
using CsCheck;

namespace AspireChat.Tests.Security;

/// <summary>A room's name becomes part of keys, channels and addresses: none leads anywhere but to its own room.</summary>
public sealed class HostileRoomTests
{
    private const string Prefix = "chat:";

    private static readonly Gen<string> GenRoom = Gen.OneOf(
        Gen.Char["ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-"].Array[1, 64].Select(letters => new string(letters)),
        Gen.OneOf<string>("instances", "bans", "mode", "order", "notices", "..", ".", "-", "room", "stream", "leases"));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Whatever_a_room_is_called_its_keys_are_its_own_and_share_its_slot()
    {
        var keys = new RedisKeys(Prefix);
        string[] others =
        [
            keys.Mode, keys.Instances, keys.InstanceStatuses, keys.InstanceClaims, keys.IncarnationRooms("chat-1.a"), keys.NoticeChannel, keys.Bans, keys.BansVersion,
            keys.Ticket("0"), keys.ProbeChannel("chat-1.a"),
        ];

        Gen.Select(GenRoom, GenRoom).Sample((one, other) =>
        {
            var (ofOne, ofOther) = (KeysOf(keys, one), KeysOf(keys, other));
            return RoomName.IsValid(one)
                && ofOne.All(key => key.StartsWith(Prefix, StringComparison.Ordinal) && SlotOf(key) == one)
                && ofOne.Distinct().Count() == ofOne.Length
                && !ofOne.Intersect(others).Any()
                && (one == other || !ofOne.Intersect(ofOther).Any());
        }, iter: 3000);
    }

    [Theory]
    [InlineData("a%2Fb")]
    [InlineData("..%2F..")]
    [InlineData("%7Binstances%7D")]
    [InlineData("tea%7D:order")]
    [InlineData("a:b")]
    [InlineData("*")]
    [InlineData("%00")]
    [InlineData("a%0D%0ADEL%20x")]
    [InlineData("%C3%A9")]
    [InlineData("a%20b")]
    [InlineData("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")]
    public async Task A_name_that_no_room_has_is_refused_at_every_door(string inAddress)
    {
        await using var server = await TestChatServer.StartAsync(settings: ("Chat:ApiKey", "the-api-key"));
        using var http = new HttpClient { BaseAddress = server.Address };
        http.DefaultRequestHeaders.Add("X-Api-Key", "the-api-key");
        var path = new Uri(server.Address, $"/api/rooms/{inAddress}/messages");

        using var read = await http.GetAsync(path, Cancellation);
        using var posted = await http.PostAsync(path, new StringContent("""{"id":"1","name":"ada","text":"x"}""", Encoding.UTF8, "application/json"), Cancellation);
        await using var client = await server.ConnectAsync();
        var room = Uri.UnescapeDataString(inAddress);
        foreach (object frame in (object[])[new { type = "join", room, name = "ada" }, new { type = "send", room, name = "ada", id = "1", text = "x" }, new { type = "leave", room }, new { type = "typing", room }])
        {
            await client.SendAsync(frame);
            Assert.Equal("bad_room", (await client.NextAsync("error")).GetProperty("code").GetString());
        }

        Assert.InRange(read.StatusCode, HttpStatusCode.BadRequest, HttpStatusCode.NotFound);
        Assert.InRange(posted.StatusCode, HttpStatusCode.BadRequest, HttpStatusCode.NotFound);
        Assert.Equal(0, server.Rooms.Count);
    }

    private static string[] KeysOf(RedisKeys keys, string room) =>
    [
        keys.RoomChannel(room), keys.RoomStream(room), keys.RoomHistory(room), keys.RoomSends(room), keys.RoomSendOrder(room), keys.RoomPresence(room),
        keys.RoomPresence(room, "chat-1.a"), keys.RoomLeaving(room),
    ];

    /// <summary>What Redis Cluster takes for the slot: what stands between the first brace and the next.</summary>
    private static string SlotOf(string key) => key[(key.IndexOf('{') + 1)..key.IndexOf('}')];
}
