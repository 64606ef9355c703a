using System.Collections.Concurrent;
using AspireChat.Client.Connections;
using AspireChat.Client.Protocol;

namespace AspireChat.Client.Sending;

/// <summary>
/// Sends each message until it is acknowledged, over whatever connections there are, always with the same id, so that the servers know it again.
/// </summary>
/// <param name="options">The client's settings.</param>
/// <param name="slot">Where connections come from.</param>
/// <param name="pending">Where answers come from.</param>
/// <param name="backoff">The time between attempts after a refusal that passes.</param>
/// <param name="isJoined">Whether a connection has joined a room, so that the name can be left out.</param>
/// <param name="closed">Cancelled when the client is closed.</param>
internal sealed class Sender(
    ChatClientOptions options, ConnectionSlot slot, PendingSends pending, Backoff backoff, Func<string, ChatConnection, bool> isJoined, CancellationToken closed)
{
    private readonly ConcurrentDictionary<string, Turnstile> _turnstiles = new();

    public Task<SendReceipt> SendAsync(string room, string text, string id, CancellationToken cancellationToken)
    {
        var turnstile = _turnstiles.GetOrAdd(room, _ => new Turnstile(options.SendsInFlight, options.SendQueueCapacity));
        // The place in line is taken before this returns: two calls keep their order whether or not the first is awaited.
        var turn = turnstile.TryEnterAsync(cancellationToken) ?? throw new SendQueueFullException(room, options.SendQueueCapacity);
        return SendInTurnAsync(turnstile, turn, new Message(room, id, text), cancellationToken);
    }

    private async Task<SendReceipt> SendInTurnAsync(Turnstile turnstile, Task turn, Message message, CancellationToken cancellationToken)
    {
        await turn.ConfigureAwait(false);
        try
        {
            return await SendWithinLimitAsync(message, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            turnstile.Leave();
        }
    }

    private async Task<SendReceipt> SendWithinLimitAsync(Message message, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.SendTimeout, options.TimeProvider);
        using var any = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token, closed);
        var send = pending.Add(message.Room, message.Id);
        try
        {
            return await SendUntilAnsweredAsync(message, send, any.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Unconfirmed(message, closed.IsCancellationRequested ? "before the client was closed" : $"within {options.SendTimeout.TotalSeconds:0.#} s", null);
        }
        catch (ChatClosedException e)
        {
            throw Unconfirmed(message, "before the client was closed", e);
        }
        finally
        {
            pending.Remove(message.Room, message.Id);
        }
    }

    private async Task<SendReceipt> SendUntilAnsweredAsync(Message message, PendingSend send, CancellationToken cancellationToken)
    {
        var refusals = 0;
        var named = false;
        while (true)
        {
            var connection = await slot.WaitAsync(cancellationToken).ConfigureAwait(false);
            message.Attempts++;
            var name = named || !isJoined(message.Room, connection) ? options.Name : null;
            await connection.SendAsync(new SendFrame(message.Room, message.Id, message.Text, name)).WaitAsync(cancellationToken).ConfigureAwait(false);

            switch (await AnswerAsync(send, connection, cancellationToken).ConfigureAwait(false))
            {
                case AckFrame ack:
                    return new SendReceipt(message.Room, message.Id, PositionOf(ack), message.Attempts);
                // It crossed with a leave: the room's session is about to join again.
                case ErrorFrame { Code: ChatErrorCodes.NotJoined } when !named:
                    named = true;
                    send.Renew();
                    break;
                case ErrorFrame { Code: ChatErrorCodes.Unavailable }:
                    send.Renew();
                    await Task.Delay(backoff.AfterRefusal(refusals++), options.TimeProvider, cancellationToken).ConfigureAwait(false);
                    break;
                case ErrorFrame { Code: ChatErrorCodes.RateLimited }:
                    send.Renew();
                    await Task.Delay(backoff.AfterRateLimit(refusals++), options.TimeProvider, cancellationToken).ConfigureAwait(false);
                    break;
                case ErrorFrame error:
                    throw new ChatRefusedException($"The server refused the message '{message.Id}' to room '{message.Room}': {error.Code} ({error.Message})", error.Code, message.Room, message.Id);
            }
        }
    }

    /// <summary>The answer; null when it did not come in time, or not on this connection.</summary>
    private async Task<ServerFrame?> AnswerAsync(PendingSend send, ChatConnection connection, CancellationToken cancellationToken)
    {
        var answer = send.Answer;
        var asked = options.TimeProvider.GetTimestamp();
        try
        {
            await Task.WhenAny(answer, connection.Ended).WaitAsync(options.AnswerTimeout, options.TimeProvider, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            if (connection.Silence >= options.TimeProvider.GetElapsedTime(asked))
            {
                // Nothing else came in either: the other end is gone.
                connection.Abort(new ChatProtocolException($"The server did not answer within {options.AnswerTimeout.TotalSeconds:0.#} s, nor send anything else."));
                await connection.Ended.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }

        return answer.IsCompletedSuccessfully ? await answer.ConfigureAwait(false) : null;
    }

    private static StreamPosition? PositionOf(AckFrame ack) =>
        ack is { Epoch: { } epoch, Offset: { } offset } ? new StreamPosition(epoch, offset) : null;

    private static SendUnconfirmedException Unconfirmed(Message message, string when, Exception? cause)
    {
        var outcome = message.Attempts == 0
            ? "It never left."
            : "It may have arrived all the same; sending it again with the same id within 5 min cannot make a second message.";
        return new($"The message '{message.Id}' to room '{message.Room}' was not acknowledged {when}. {outcome}", message.Room, message.Id, message.Attempts, cause);
    }

    private sealed class Message(string room, string id, string text)
    {
        public string Room => room;

        public string Id => id;

        public string Text => text;

        public int Attempts { get; set; }
    }
}
