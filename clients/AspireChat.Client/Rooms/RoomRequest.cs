using AspireChat.Client.Connections;
using AspireChat.Client.Protocol;

namespace AspireChat.Client.Rooms;

/// <summary>What a room asks of the server, one thing at a time: to join, or to leave.</summary>
internal sealed class RoomRequest(string room, ChatClientOptions options)
{
    private volatile TaskCompletionSource<ErrorFrame?>? _answer;

    /// <summary>The next answer to come. Called before the request is sent, and where the room's phase is decided, so that no older answer is taken for it.</summary>
    public Task<ErrorFrame?> Expect() => (_answer = new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <param name="refusal">Null for yes.</param>
    public void Answer(ErrorFrame? refusal) => _answer?.TrySetResult(refusal);

    /// <summary>Sends the request and waits for its answer. A server that gives none is left, and the null returned then means nothing.</summary>
    public async Task<ErrorFrame?> AskAsync(ChatConnection connection, ClientFrame request, Task<ErrorFrame?> answer, CancellationToken cancellationToken)
    {
        try
        {
            await connection.SendAsync(request).ConfigureAwait(false);
            return await answer.WaitAsync(options.AnswerTimeout, options.TimeProvider, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException) when (answer.IsCompletedSuccessfully)
        {
            // It came, and this process was too busy to take note in time.
            return await answer.ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            connection.Abort(new ChatProtocolException($"The server did not answer within {options.AnswerTimeout.TotalSeconds:0.#} s about room '{room}'."));
            return null;
        }
    }
}
