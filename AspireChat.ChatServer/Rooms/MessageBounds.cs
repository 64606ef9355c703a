using AspireChat.ChatServer.Protocol;
using AspireChat.ChatServer.WebSockets;

namespace AspireChat.ChatServer.Rooms;

/// <summary>Cuts runs of messages to what goes into one frame or one step of a replay.</summary>
internal static class MessageBounds
{
    /// <summary>The oldest of them, at least one: for a member that goes on from there.</summary>
    public static ServerFrame[] Oldest(ServerFrame[] messages)
    {
        var (count, bytes) = (0, 0);
        while (count < messages.Length && count < WireProtocol.MaxMessagesAtOnce)
        {
            bytes += messages[count].Length;
            if (count > 0 && bytes > WireProtocol.MaxMessageBytesAtOnce)
            {
                break;
            }

            count++;
        }

        return messages[..count];
    }

    /// <summary>The newest of them: for a member that wants recent history.</summary>
    public static ServerFrame[] Newest(ServerFrame[] messages)
    {
        var (count, bytes) = (0, 0);
        while (count < messages.Length && count < WireProtocol.MaxMessagesAtOnce)
        {
            bytes += messages[^(count + 1)].Length;
            if (bytes > WireProtocol.MaxMessageBytesAtOnce)
            {
                break;
            }

            count++;
        }

        return messages[^count..];
    }
}
