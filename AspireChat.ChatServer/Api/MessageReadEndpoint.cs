using System.Buffers;
using System.Text.Json;
using AspireChat.ChatServer.Backplane;
using AspireChat.ChatServer.History;
using AspireChat.ChatServer.Protocol;
using AspireChat.ChatServer.Rooms;

namespace AspireChat.ChatServer.Api;

/// <summary><c>GET /api/rooms/{room}/messages?epoch=&amp;after=&amp;limit=</c>: a page of a room's history, to be read like a log.</summary>
internal sealed class MessageReadEndpoint(ActiveBackplane active)
{
    private const int MaxLimit = 256;

    public async Task<IResult> HandleAsync(string room, CancellationToken cancellationToken, string? epoch = null, long? after = null, int limit = 50)
    {
        if (!RoomName.IsValid(room))
        {
            return ErrorCode.BadRoom.ToResult();
        }

        if (limit is < 1 or > MaxLimit || after is < 0 or > WireProtocol.MaxOffset || (after is not null && epoch is null))
        {
            return new ApiError("bad_query", $"\"limit\" is 1 to {MaxLimit}; \"after\" is an offset, and goes with the \"epoch\" that it is of.")
                .WithStatus(StatusCodes.Status400BadRequest);
        }

        try
        {
            using var use = await active.UseAsync(cancellationToken);
            return use.Backplane.History is { } history
                ? await ReadAsync(history, room, epoch, after, limit, cancellationToken)
                : new ApiError("no_history", $"The mode {use.Backplane.Mode.Name()} keeps no history; only stream does.").WithStatus(StatusCodes.Status404NotFound);
        }
        catch (BackplaneUnavailableException)
        {
            return ErrorCode.Unavailable.ToResult();
        }
    }

    private static async Task<IResult> ReadAsync(
        IRoomHistory history, string room, string? epoch, long? after, int limit, CancellationToken cancellationToken)
    {
        var page = after is { } offset
            ? await history.ReadAfterAsync(room, new StreamPosition(epoch!, offset), limit, cancellationToken)
            : await history.ReadNewestAsync(room, limit, cancellationToken);
        if (epoch is not null && epoch != page.Epoch)
        {
            return new ApiError("other_epoch", "The room's stream is another by now; read it from the beginning.").WithStatus(StatusCodes.Status409Conflict);
        }

        if (after < page.First - 1 && page.First <= page.Top)
        {
            // Older messages are gone: "first" says so, and the page begins with what is kept.
            page = await history.ReadAfterAsync(room, new StreamPosition(page.Epoch, page.First - 1), limit, cancellationToken);
        }

        return Results.Bytes(Encode(room, page), "application/json; charset=utf-8");
    }

    private static ReadOnlyMemory<byte> Encode(string room, HistoryPage page)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(bytes);
        json.WriteStartObject();
        json.WriteString("epoch"u8, page.Epoch);
        json.WriteNumber("first"u8, page.First);
        json.WriteNumber("top"u8, page.Top);
        json.WriteStartArray("messages"u8);
        foreach (var frame in new MessageEncoder(room).Encode(page.Messages))
        {
            json.WriteRawValue(frame.Payload.Span, skipInputValidation: true);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return bytes.WrittenMemory;
    }
}
