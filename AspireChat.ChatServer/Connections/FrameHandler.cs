using AspireChat.ChatServer.Backplane;
using AspireChat.ChatServer.Protocol;
using AspireChat.ChatServer.Rooms;
using AspireChat.ChatServer.Security;

namespace AspireChat.ChatServer.Connections;

/// <summary>Does what a client's frames ask for.</summary>
internal sealed class FrameHandler(MessageSender sender, RoomJoiner joiner, AccessControl access, ActiveBackplane active, ConnectionSetup setup)
{
    /// <param name="connection">The connection.</param>
    /// <param name="payload">A frame; its bytes are changed.</param>
    /// <returns>Completes when the next frame of the connection may be read.</returns>
    public ValueTask HandleAsync(ChatConnection connection, Memory<byte> payload)
    {
        var error = ClientFrameReader.Read(payload.Span, out var frame);
        error ??= frame.Type != ClientFrameType.Send && !connection.TryTakeRequest() ? ErrorCode.RateLimited : null;
        if (error is not null)
        {
            connection.Refuse(error, frame.Room, frame.Id);
            return ValueTask.CompletedTask;
        }

        connection.HasSpoken = true;
        switch (frame.Type)
        {
            case ClientFrameType.Send:
                return sender.SendAsync(connection, frame);
            case ClientFrameType.Join:
                return JoinAsync(connection, frame);
            case ClientFrameType.Leave:
                return LeaveAsync(connection, frame);
            case ClientFrameType.Typing:
                return TypeAsync(connection, frame);
            default:
                connection.Send(ServerFrames.Pong(frame.Echo));
                return ValueTask.CompletedTask;
        }
    }

    private ValueTask JoinAsync(ChatConnection connection, in ClientFrame frame)
    {
        var limit = setup.Limits.RoomsPerConnection;
        var error = connection.Rooms.Find(frame.Room) is not null ? ErrorCode.AlreadyJoined
            : limit > 0 && connection.Rooms.Count >= limit ? ErrorCode.TooManyRooms
            : null;
        if (error is not null)
        {
            connection.Refuse(error, frame.Room);
            return ValueTask.CompletedTask;
        }

        return new ValueTask(JoinAsync(connection, JoinRequest.From(frame)));
    }

    private async Task JoinAsync(ChatConnection connection, JoinRequest request)
    {
        if (await access.CheckAsync(connection.Identity, request.Room, request.Name, RoomAction.Join) is var answer and not Access.Allowed)
        {
            connection.Refuse(answer.ToError(), request.Room);
            return;
        }

        try
        {
            await joiner.JoinAsync(connection, request);
        }
        catch (BackplaneUnavailableException)
        {
            connection.Refuse(ErrorCode.Unavailable, request.Room);
        }
    }

    private ValueTask LeaveAsync(ChatConnection connection, in ClientFrame frame)
    {
        if (connection.Rooms.Find(frame.Room) is not { } member)
        {
            connection.Refuse(ErrorCode.NotJoined, frame.Room);
            return ValueTask.CompletedTask;
        }

        connection.Rooms.Remove(member);
        var leaving = joiner.LeaveAsync(member);
        connection.Send(ServerFrames.Left(member.Room.Name));
        return new ValueTask(leaving);
    }

    private ValueTask TypeAsync(ChatConnection connection, in ClientFrame frame)
    {
        if (connection.Rooms.Find(frame.Room) is not { } member)
        {
            connection.Refuse(ErrorCode.NotJoined, frame.Room);
            return ValueTask.CompletedTask;
        }

        return member.Room.TryTakeTyping(member.Name, setup.Time) ? new ValueTask(SignalTypingAsync(member)) : ValueTask.CompletedTask;
    }

    private async Task SignalTypingAsync(Membership member)
    {
        try
        {
            using var use = await active.UseAsync(CancellationToken.None);
            await use.Backplane.SignalAsync(member.Room.Name, new RoomSignal(RoomSignalKind.Typing, member.Name, Members: 0), CancellationToken.None);
        }
        catch (BackplaneUnavailableException)
        {
            // A hint that comes too late is worth nothing.
        }
    }
}
