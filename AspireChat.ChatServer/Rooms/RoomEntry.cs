namespace AspireChat.ChatServer.Rooms;

/// <summary>A room of the directory, with its subscription.</summary>
internal sealed record RoomEntry(Room Room, RoomSubscription Subscription);
