using AspireChat.Client.Protocol;

namespace AspireChat.Client.Rooms;

/// <summary>What frames are called in the API.</summary>
internal static class RoomEvents
{
    /// <param name="frame">The frame.</param>
    /// <param name="stream">Any position of the stream that the frame's offset belongs to; null when there is no stream.</param>
    public static ChatMessage From(MessageFrame frame, StreamPosition? stream) => new()
    {
        Room = frame.Room,
        Id = frame.Id,
        Name = frame.Name,
        Text = frame.Text,
        At = frame.At,
        Instance = frame.Instance,
        Position = stream is { } known && frame.Offset is { } offset ? known with { Offset = offset } : null,
    };

    public static IReadOnlyList<ChatMessage> From(IReadOnlyList<MessageFrame> frames, StreamPosition? stream) =>
        [.. frames.Select(frame => From(frame, stream))];

    public static PresenceChanged From(PresenceFrame frame) => frame.Event switch
    {
        "joined" => new(PresenceChange.Joined, frame.Name, frame.Members),
        "left" => new(PresenceChange.Left, frame.Name, frame.Members),
        _ => new(PresenceChange.Count, null, frame.Members),
    };
}
