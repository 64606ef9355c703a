using AspireChat.ChatServer.Backplane;
using AspireChat.ChatServer.WebSockets;

namespace AspireChat.ChatServer.Rooms;

/// <summary>Where a member begins in a stream.</summary>
/// <param name="Position">The place of the last of the messages; what comes after it is still to be sent.</param>
/// <param name="Messages">Encoded, contiguous, oldest first.</param>
/// <param name="Recovered">Whether they are what the member missed, rather than recent history.</param>
internal readonly record struct JoinStart(StreamPosition Position, ServerFrame[] Messages, bool Recovered);
