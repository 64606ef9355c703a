using System.Diagnostics;
using System.Text;
using AspireChat.ChatServer.Backplane;
using AspireChat.ChatServer.Protocol;
using AspireChat.ChatServer.Rooms;
using AspireChat.ChatServer.Security;
using AspireChat.ChatServer.Telemetry;

namespace AspireChat.ChatServer.Connections;

/// <summary>Publishes what connections send, in the order in which each sends it, and acknowledges it as the backplane confirms it.</summary>
internal sealed class MessageSender(ActiveBackplane active, RoomDirectory rooms, PublicationFactory publications, PublishWindow window, AccessControl access, ConnectionSetup setup, ILogger<MessageSender> logger)
{
    /// <returns>Completes when the next frame may be read: at once, unless a switch is under way or very much is on its way already.</returns>
    public ValueTask SendAsync(ChatConnection connection, in ClientFrame frame)
    {
        var member = connection.Rooms.Find(frame.Room);
        var error = member is null && frame.Name.IsEmpty ? ErrorCode.NotJoined
            : member is not null && !frame.Name.IsEmpty && !IsName(frame.Name, member.Name) ? ErrorCode.BadName
            : !connection.TryTakeSend() ? ErrorCode.RateLimited
            : null;
        if (error is not null)
        {
            connection.Refuse(error, frame.Room, frame.Id);
            return ValueTask.CompletedTask;
        }

        setup.Telemetry.Received();
        var publication = publications.Create(
            member?.Room.Name ?? rooms.NameOf(frame.Room), member?.Name ?? Encoding.UTF8.GetString(frame.Name), frame.Id, frame.Text);
        var answer = access.CheckAsync(connection.Identity, publication.Room, publication.Name, RoomAction.Send);
        return answer.IsCompletedSuccessfully
            ? new ValueTask(Answer(connection, publication, answer.Result))
            : new ValueTask(AnswerAsync(connection, publication, answer));
    }

    private async Task AnswerAsync(ChatConnection connection, Publication publication, ValueTask<Access> answer) =>
        await Answer(connection, publication, await answer);

    private Task Answer(ChatConnection connection, Publication publication, Access answer)
    {
        if (answer != Access.Allowed)
        {
            connection.Refuse(answer.ToError(), publication.Room, publication.Id);
            return Task.CompletedTask;
        }

        if (!window.TryEnter(publication.Body.Length))
        {
            return PublishInTurnAsync(connection, publication);
        }

        return active.TryUse(out var use) ? Publish(connection, publication, use) : PublishAfterSwitchAsync(connection, publication);
    }

    private static bool IsName(ReadOnlySpan<byte> utf8, string name) =>
        utf8.Length <= WireProtocol.MaxNameLength * 3 && Encoding.UTF8.GetString(utf8) == name;

    /// <summary>More is on its way than Redis takes: the connection is not read meanwhile, and told when that lasts.</summary>
    private async Task PublishInTurnAsync(ChatConnection connection, Publication publication)
    {
        if (!await window.EnterAsync(publication.Body.Length))
        {
            connection.Refuse(ErrorCode.Unavailable, publication.Room, publication.Id);
            return;
        }

        await (active.TryUse(out var use) ? Publish(connection, publication, use) : PublishAfterSwitchAsync(connection, publication));
    }

    private async Task PublishAfterSwitchAsync(ChatConnection connection, Publication publication)
    {
        try
        {
            var use = await active.UseAsync(CancellationToken.None);
            await Publish(connection, publication, use);
        }
        catch (BackplaneUnavailableException)
        {
            window.Exit(publication.Body.Length);
            connection.Refuse(ErrorCode.Unavailable, publication.Room, publication.Id);
        }
    }

    /// <summary>Starts a publication; in the order of these starts messages get their places.</summary>
    private Task Publish(ChatConnection connection, Publication publication, BackplaneUse use)
    {
        var receive = setup.Telemetry.Receive(publication.Room, publication.Id, use.Backplane.Mode, connection.Upgrade);
        var publish = setup.Telemetry.Publish(publication.Room, receive);
        var open = connection.SendWindow.Begin(publication.Body.Length);
        var publishing = use.Backplane.PublishAsync(publication with { TraceContext = publish?.Context ?? default }, CancellationToken.None);
        _ = AcknowledgeAsync(connection, publication, publishing, use, receive, publish);
        return open;
    }

    private async Task AcknowledgeAsync(
        ChatConnection connection, Publication publication, ValueTask<PublishResult> publishing, BackplaneUse use, Activity? receive, Activity? publish)
    {
        PublishResult result;
        try
        {
            result = await publishing;
        }
        catch (Exception exception)
        {
            logger.PublishFailed(publication.Room, exception);
            result = PublishResult.Unavailable;
        }

        use.Dispose();
        window.Exit(publication.Body.Length);
        connection.SendWindow.End(publication.Body.Length);
        if (result.Status == PublishStatus.Published)
        {
            connection.Send(ServerFrames.Ack(publication.Room, publication.Id, result.Position));
        }
        else
        {
            var error = result.Status == PublishStatus.IdConflict ? ErrorCode.IdConflict : ErrorCode.Unavailable;
            connection.Refuse(error, publication.Room, publication.Id);
        }

        ChatTelemetry.End(publish, receive, result);
    }
}
