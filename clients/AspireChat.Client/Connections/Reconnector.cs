using System.Net;
using AspireChat.Client.Protocol;

namespace AspireChat.Client.Connections;

/// <summary>Keeps one connection at a time alive: opens it, pumps its frames to the user, and opens the next after the time that the protocol prescribes.</summary>
internal sealed class Reconnector(ConnectionFactory factory, IConnectionUser user, ConnectionSlot slot, StatusFeed statuses, Backoff backoff, TimeProvider time)
{
    /// <summary>A connection that lived this long was good: the next failure is a first one again. Shorter ones would make a tight loop with a server that welcomes and closes.</summary>
    private static readonly TimeSpan StableAfter = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan LongestDelayAsked = TimeSpan.FromMinutes(10);

    private int _failures;
    private bool _welcomedOnce;

    /// <summary>Runs until the server wants no reconnect or <paramref name="stopping"/> is cancelled.</summary>
    /// <returns>Why there will be no other connection.</returns>
    public async Task<ChatException> RunAsync(CancellationToken stopping)
    {
        while (true)
        {
            try
            {
                var end = await ConnectOnceAsync(stopping).ConfigureAwait(false);
                if (end.RetryAfter is not { } delay)
                    return new ChatClosedException($"The server ended this client: {end.Cause.Message}", (end.Cause as ChatClosedException)?.CloseCode, end.Cause);

                statuses.Publish(new(_welcomedOnce ? ConnectionState.Reconnecting : ConnectionState.Connecting) { Cause = end.Cause, RetryAfter = delay });
                await Task.Delay(delay, time, stopping).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return new ChatClosedException("The client was disposed.", null);
            }
        }
    }

    private async Task<Attempt> ConnectOnceAsync(CancellationToken stopping)
    {
        ChatConnection connection;
        try
        {
            connection = await factory.OpenAsync(stopping).ConfigureAwait(false);
        }
        catch (ChatException e)
        {
            return AfterFailure(e);
        }

        await using (connection.ConfigureAwait(false))
        {
            return await UseAsync(connection, stopping).ConfigureAwait(false);
        }
    }

    private async Task<Attempt> UseAsync(ChatConnection connection, CancellationToken stopping)
    {
        var opened = time.GetTimestamp();
        _welcomedOnce = true;
        statuses.Publish(new(ConnectionState.Connected) { Server = connection.Server });
        user.Attach(connection);
        slot.Fill(connection);
        connection.Run(token => LivenessWatch.RunAsync(connection, time, token));

        var goodbye = stopping.CanBeCanceled ? stopping.Register(() => connection.Run(_ => connection.CloseAsync())) : default;
        MoveOrder? order = null;
        await using (goodbye.ConfigureAwait(false))
        {
            while (await connection.ReceiveAsync().ConfigureAwait(false) is { } frame)
            {
                if (frame is ReconnectFrame reconnect)
                    order ??= Move(connection, reconnect);
                else
                    user.Receive(frame);
            }
        }

        slot.Empty();
        stopping.ThrowIfCancellationRequested();
        user.Detach();
        if (time.GetElapsedTime(opened) >= StableAfter)
            _failures = 0;

        var end = connection.DescribeEnd();
        return order is { } moving && CloseTable.Decide(end.CloseCode) != AfterClose.End
            ? new(end.Cause, moving.Remaining(time))
            : AfterEnd(end);
    }

    /// <summary>The server asks for a move: leave when the time has come, should it not close before.</summary>
    private MoveOrder Move(ChatConnection connection, ReconnectFrame frame)
    {
        var delay = TimeSpan.FromMilliseconds(Math.Clamp(frame.AfterMs, 0, (long)LongestDelayAsked.TotalMilliseconds));
        connection.Run(async token =>
        {
            await Task.Delay(delay, time, token).ConfigureAwait(false);
            await connection.CloseAsync().ConfigureAwait(false);
        });
        return new(time.GetTimestamp(), delay);
    }

    private Attempt AfterEnd(ConnectionEnd end) => CloseTable.Decide(end.CloseCode) switch
    {
        AfterClose.End => new(end.Cause, null),
        AfterClose.ResumeAfterPause => new(end.Cause, backoff.AfterRateLimit(_failures++)),
        _ => new(end.Cause, backoff.After(_failures++)),
    };

    private Attempt AfterFailure(ChatException e) => e switch
    {
        ChatClosedException { CloseCode: { } code } closed => AfterEnd(new(code, closed)),
        ChatConnectException { Status: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden } => new(e, null),
        // Before the first welcome these tell of a wrong address; later, of a proxy that has lost its servers for a moment.
        ChatConnectException { Status: HttpStatusCode.BadRequest or HttpStatusCode.NotFound } when !_welcomedOnce => new(e, null),
        _ => new(e, backoff.After(_failures++)),
    };

    /// <param name="Cause">Why there is no connection.</param>
    /// <param name="RetryAfter">When to try again; null: never.</param>
    private readonly record struct Attempt(ChatException Cause, TimeSpan? RetryAfter);

    private readonly record struct MoveOrder(long Received, TimeSpan Delay)
    {
        public TimeSpan Remaining(TimeProvider time)
        {
            var remaining = Delay - time.GetElapsedTime(Received);
            return remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero;
        }
    }
}
