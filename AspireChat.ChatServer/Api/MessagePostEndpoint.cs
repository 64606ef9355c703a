using System.Text;
using AspireChat.ChatServer.Backplane;
using AspireChat.ChatServer.Protocol;
using AspireChat.ChatServer.Rooms;
using AspireChat.ChatServer.Security;
using AspireChat.ChatServer.Security.Identity;

namespace AspireChat.ChatServer.Api;

/// <summary><c>POST /api/rooms/{room}/messages</c>: publishes a message for a program that has no WebSocket. The same rules as for <c>send</c>.</summary>
internal sealed class MessagePostEndpoint(ActiveBackplane active, PublicationFactory publications, PublishWindow window, AccessControl access)
{
    public async Task<IResult> HandleAsync(string room, HttpRequest request, CancellationToken cancellationToken)
    {
        if (!RoomName.IsValid(room))
        {
            return ErrorCode.BadRoom.ToResult();
        }

        if (await ReadBodyAsync(request, cancellationToken) is not { } body)
        {
            return new ApiError("too_big", $"A message takes at most {WireProtocol.MaxFrameBytes} bytes.").WithStatus(StatusCodes.Status413PayloadTooLarge);
        }

        if (TryRead(room, body, out var publication) is { } error)
        {
            return error.ToResult();
        }

        return await access.CheckAsync(ConnectionIdentity.Service, room, publication.Name, RoomAction.Send) is var answer and not Access.Allowed
            ? answer.ToError().ToResult()
            : await PublishAsync(publication);
    }

    private async Task<IResult> PublishAsync(Publication publication)
    {
        if (!await window.EnterAsync(publication.Body.Length))
        {
            return ErrorCode.Unavailable.ToResult();
        }

        try
        {
            using var use = await active.UseAsync(CancellationToken.None);
            var result = await use.Backplane.PublishAsync(publication, CancellationToken.None);
            return result.Status switch
            {
                PublishStatus.Published => TypedResults.Json(
                    new PostedMessage(result.Position?.Offset, result.Position?.Epoch), ApiJson.Default.PostedMessage),
                PublishStatus.IdConflict => ErrorCode.IdConflict.ToResult(),
                _ => ErrorCode.Unavailable.ToResult(),
            };
        }
        catch (BackplaneUnavailableException)
        {
            return ErrorCode.Unavailable.ToResult();
        }
        finally
        {
            window.Exit(publication.Body.Length);
        }
    }

    private ErrorCode? TryRead(string room, byte[] body, out Publication publication)
    {
        publication = default;
        if (ClientFrameReader.ReadMessage(body, out var frame) is { } error)
        {
            return error;
        }

        publication = publications.Create(room, Encoding.UTF8.GetString(frame.Name), frame.Id, frame.Text);
        return null;
    }

    /// <returns>Null when it is longer than a frame may be.</returns>
    private static async Task<byte[]?> ReadBodyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var body = new byte[WireProtocol.MaxFrameBytes + 1];
        var length = await request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, cancellationToken);
        return length > WireProtocol.MaxFrameBytes ? null : body[..length];
    }
}
