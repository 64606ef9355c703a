using AspireChat.ChatServer.Backplane;

namespace AspireChat.ChatServer.History;

/// <summary>Part of a room's history, with where the stream stood when it was read.</summary>
/// <param name="Epoch">The stream's epoch; empty when the room has no stream yet.</param>
/// <param name="First">The offset of the oldest message kept; top + 1 when none is.</param>
/// <param name="Top">The offset of the newest message; 0 when there was none.</param>
/// <param name="Messages">The messages, contiguous, oldest first.</param>
internal sealed record HistoryPage(string Epoch, long First, long Top, IReadOnlyList<RoomMessage> Messages)
{
    /// <summary>Whether nothing is missing between <paramref name="after"/> and this page.</summary>
    public bool Continues(StreamPosition after) =>
        after.Epoch == Epoch && after.Offset <= Top && after.Offset + 1 >= First;
}
