using System.Text;
using AspireChat.ChatServer.Protocol;

namespace AspireChat.ChatServer.Rooms;

/// <summary>What a client asked for with <c>join</c>.</summary>
internal sealed record JoinRequest(string Room, string Name, ResumePoint? Since, int History, bool WantsPresence)
{
    public static JoinRequest From(in ClientFrame frame) => new(
        Encoding.ASCII.GetString(frame.Room), Encoding.UTF8.GetString(frame.Name), frame.Since, frame.History, frame.Presence);
}
