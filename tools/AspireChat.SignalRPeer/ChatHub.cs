using Microsoft.AspNetCore.SignalR;

namespace AspireChat.SignalRPeer;

/// <summary>Rooms as SignalR's groups.</summary>
internal sealed class ChatHub : Hub
{
    public Task Join(string room) => Groups.AddToGroupAsync(Context.ConnectionId, room);

    public Task Say(string room, string text) => Clients.Group(room).SendAsync("message", text);
}
