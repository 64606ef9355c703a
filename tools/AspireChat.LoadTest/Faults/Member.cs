using System.Text.Json;
using AspireChat.LoadTest.Auditing.Clients;
using AspireChat.LoadTest.Auditing.Recording;
using AspireChat.LoadTest.Faults.Deployments;

namespace AspireChat.LoadTest.Faults;

/// <summary>A connection that is in a room, for a fault that needs one which it leads by the hand.</summary>
internal sealed class Member : IDisposable
{
    private static readonly TimeSpan DeadAfter = TimeSpan.FromSeconds(10);

    private readonly RawConnection _connection;
    private readonly Unit _door;
    private readonly string _room;

    private Member(RawConnection connection, Unit door, string room) => (_connection, _door, _room) = (connection, door, room);

    /// <summary>Where the room stood when it joined.</summary>
    public StreamPosition? Position { get; private set; }

    /// <summary>Whether the server could bring all that had been missed.</summary>
    public bool Recovered { get; private set; }

    public static async Task<Member> JoinAsync(Unit door, string room, string name, CancellationToken cancellationToken, StreamPosition? since = null, bool presence = false)
    {
        var member = new Member(await RawConnection.OpenAsync(door.Socket, token: null, narrow: false, DeadAfter, newSocket: null, cancellationToken), door, room);
        try
        {
            await member._connection.SendAsync(ClientFrames.Join(room, name, since, last: null, presence));
            using var joined = await member.UntilAsync("joined", cancellationToken);
            var position = joined.RootElement.GetProperty("position");
            member.Recovered = joined.RootElement.GetProperty("recovered").GetBoolean();
            member.Position = position.ValueKind == JsonValueKind.Object
                ? new StreamPosition(position.GetProperty("epoch").GetString()!, position.GetProperty("offset").GetInt64())
                : null;
            return member;
        }
        catch
        {
            member.Dispose();
            throw;
        }
    }

    public Task SendAsync(string id, string text) => _connection.SendAsync(ClientFrames.Send(_room, id, text, name: null));

    /// <summary>The next frame of this type; what comes before it is passed over.</summary>
    /// <exception cref="IOException">The connection ended, or an error came, which was not asked for.</exception>
    public async Task<JsonDocument> UntilAsync(string type, CancellationToken cancellationToken)
    {
        while (true)
        {
            var frame = await NextAsync(cancellationToken);
            var found = TypeOf(frame);
            if (found == type)
                return frame;

            using (frame)
            {
                if (found == "error")
                    throw new IOException($"'{_door.Name}' answered {frame.RootElement.GetRawText()} where '{type}' was due.");
            }
        }
    }

    /// <summary>The next frame.</summary>
    /// <exception cref="IOException">The connection ended.</exception>
    public async Task<JsonDocument> NextAsync(CancellationToken cancellationToken)
    {
        await using var abort = cancellationToken.Register(_connection.Abort);
        if (await _connection.ReceiveAsync() is { } frame)
            return JsonDocument.Parse(frame);

        cancellationToken.ThrowIfCancellationRequested();
        throw new IOException($"The connection to '{_door.Name}' ended, with {(_connection.CloseCode is { } code ? $"{code}" : "no close frame")}.");
    }

    public static string? TypeOf(JsonDocument frame) => frame.RootElement.GetProperty("type").GetString();

    public void Dispose() => _connection.Dispose();
}
