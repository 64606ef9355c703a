using System.Text;
using System.Text.RegularExpressions;
using AspireChat.ChatServer.Backplane;
using AspireChat.ChatServer.Connections;
using AspireChat.ChatServer.Presence;
using AspireChat.ChatServer.Protocol;
using AspireChat.ChatServer.Rooms;
using AspireChat.ChatServer.Telemetry;
using AspireChat.Tests.ChatServers;
using AspireChat.Tests.Connections;
using Microsoft.Extensions.DependencyInjection;

namespace AspireChat.Tests.Rooms;

public sealed class SuspendTests
{
    [Theory]
    [InlineData("stream", true)]
    [InlineData("local", false)]
    public async Task What_came_by_the_former_backplane_still_goes_once_to_those_that_were_live(string next, bool waits)
    {
        await using var server = await TestChatServer.StartAsync();
        using var lane = new FanOutLane(ring: null, TimeProvider.System);
        var room = new Room("tea", null!, lane, server.Services.GetRequiredService<ChatTelemetry>());
        room.Begin(position: null);

        // Closed, it takes no turn: what is delivered stays pending.
        lane.Dispose();
        var early = await AttachAsync(server, room);
        room.Deliver(Message("one"));
        var late = await AttachAsync(server, room);
        room.Deliver(Message("two"));

        room.Suspend(BackplaneModeNames.Parse(next));
        using (var batch = new FanOutBatch(ring: null))
        {
            room.FanOut(batch);
            batch.Flush();
        }

        Assert.Equal(waits, room.Admission.HasWaiting);
        Assert.Equal(["joined", "one", "two"], await early());
        Assert.Equal(["joined", "two"], await late());
    }

    /// <returns>Ends the connection, and tells what was written to it.</returns>
    private static async Task<Func<Task<string[]>>> AttachAsync(TestChatServer server, Room room)
    {
        var transport = new ManualTransport { CompletesAtOnce = true };
        var connection = new ChatConnection(server.Services.GetRequiredService<ConnectionSetup>(), number: 0, transport);
        var member = new Membership(room, connection, "ada", wantsPresence: false);
        await room.Admission.AttachAtTop(member, history: 0, new RoomMembers([], 0), whateverIsHere: true)!;
        return async () =>
        {
            connection.Close(CloseReason.GoingAway);
            await connection.Outbound.WhenEnded().WaitAsync(TestContext.Current.CancellationToken);
            return [.. Regex.Matches(transport.AllTexts, "(?<=\")(joined|one|two)(?=\")").Select(match => match.Value)];
        };
    }

    private static RoomMessage Message(string id) => new() { Body = Encoding.UTF8.GetBytes($$"""
        "id":"{{id}}"}
        """) };
}
