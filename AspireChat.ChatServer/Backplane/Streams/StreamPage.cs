using AspireChat.ChatServer.Backplane.Envelopes;

namespace AspireChat.ChatServer.Backplane.Streams;

/// <summary>Part of a room's history as it was read, together with where the stream stood in that very moment.</summary>
/// <param name="Head">Its epoch is empty when the room has no stream (of the present switch of the mode).</param>
/// <param name="First">The offset of the oldest message kept; top + 1 when none is.</param>
/// <param name="Messages">Contiguous, oldest first.</param>
internal sealed record StreamPage(StreamHead Head, long First, IReadOnlyList<StreamMessage> Messages)
{
    public static StreamPage None { get; } = new(new StreamHead("", 0, default), 1, []);

    public long Top => Head.Offset;
}
