using AspireChat.ChatServer.Backplane;
using AspireChat.ChatServer.History;
using AspireChat.ChatServer.Protocol;
using AspireChat.ChatServer.Telemetry;

namespace AspireChat.ChatServer.Rooms;

/// <summary>
/// Sends members that are far behind what they missed, each by a cursor of its own: a step is read when the last one is written, so that a long absence
/// fills no queue, closes nobody, and costs no more memory than one step.
/// </summary>
internal sealed class Replayer(ActiveBackplane active, ChatTelemetry telemetry, TimeProvider time, ILogger<Replayer> logger)
{
    /// <summary>How long to wait when history cannot be read, or does not yet show what this instance knows.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>How much recent history a member gets that lost its place.</summary>
    private const int RecentMessages = WireProtocol.DefaultHistory;

    /// <summary>Begins a replay that ends when the member is live, has left, or is resynced.</summary>
    public void Start(Membership member, StreamPosition from) => _ = Task.Run(() => RunAsync(member, from));

    private async Task RunAsync(Membership member, StreamPosition from)
    {
        try
        {
            var progress = ReplayProgress.Advanced;
            while (progress != ReplayProgress.Over && member.Connection.Closing is null)
            {
                await member.Connection.ReplayTurn.WaitAsync();
                try
                {
                    (progress, from) = await StepAsync(member, from);
                }
                finally
                {
                    member.Connection.ReplayTurn.Release();
                }

                if (progress == ReplayProgress.Blocked)
                {
                    await Task.Delay(Pause, time);
                }
            }
        }
        catch (Exception exception)
        {
            // Without its replay the member would wait for ever; on a new connection it resumes.
            logger.ReplayFailed(member.Room.Name, member.Connection.Id, exception);
            member.Connection.Abort();
        }
    }

    private async Task<(ReplayProgress Progress, StreamPosition From)> StepAsync(Membership member, StreamPosition from)
    {
        var step = await ReadAsync(member.Room, from) ?? new ReplayStep([], from);
        var progress = member.Room.Admission.Advance(member, from, step, out var written);
        await written;
        return step.Frames.Length == 0 && progress == ReplayProgress.Advanced ? (ReplayProgress.Blocked, from)
            : progress == ReplayProgress.Blocked ? (progress, from)
            : (progress, step.To);
    }

    private async Task<ReplayStep?> ReadAsync(Room room, StreamPosition from)
    {
        try
        {
            using var use = await active.UseAsync(CancellationToken.None);
            return use.Backplane.History is { } history ? await ReadAsync(room, history, from) : null;
        }
        catch (BackplaneUnavailableException)
        {
            return null;
        }
    }

    /// <returns>Null when there is nothing to be had now: the page is of another epoch, or older than what this instance has heard.</returns>
    private async Task<ReplayStep?> ReadAsync(Room room, IRoomHistory history, StreamPosition from)
    {
        var page = await history.ReadAfterAsync(room.Name, from, WireProtocol.MaxMessagesAtOnce, CancellationToken.None);
        if (page.Epoch == from.Epoch && page.First > from.Offset + 1)
        {
            return await StartAgainAsync(room, history);
        }

        if (!page.Continues(from))
        {
            return null;
        }

        var frames = MessageBounds.Oldest(room.Encoder.Encode(page.Messages));
        telemetry.Replayed(frames.Length);
        return new ReplayStep(frames, new StreamPosition(from.Epoch, from.Offset + frames.Length));
    }

    /// <summary>History was trimmed past the cursor: the loss is told, and recent history given instead.</summary>
    private async Task<ReplayStep> StartAgainAsync(Room room, IRoomHistory history)
    {
        var page = await history.ReadNewestAsync(room.Name, RecentMessages, CancellationToken.None);
        var messages = MessageBounds.Newest(room.Encoder.Encode(page.Messages));
        var position = new StreamPosition(page.Epoch, page.Top);
        telemetry.Resynced(1);
        logger.ReplayLost(room.Name);
        return new ReplayStep([ServerFrames.Resync(room.Name, position, messages)], position);
    }
}
