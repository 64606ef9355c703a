using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace AspireChat.Tests.Client;

/// <summary>One client's connection to a <see cref="ScriptedServer"/>.</summary>
internal sealed class ScriptedConnection(WebSocket socket, HttpContext context)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly byte[] _buffer = new byte[256 * 1024];

    public Task Over => _over.Task;

    public string? Authorization { get; } = context.Request.Headers.Authorization;

    public IList<string> SubProtocols { get; } = [.. context.WebSockets.WebSocketRequestedProtocols];

    /// <summary>The code that the client closed with.</summary>
    public int? ClosedWith { get; private set; }

    public Task WelcomeAsync(string backplane = "stream", double pingSeconds = 0) => SendAsync(
        $$"""{"type":"welcome","protocol":1,"instance":"chat-1","connection":"c1","backplane":"{{backplane}}","pingSeconds":{{pingSeconds}},"limits":{"frameBytes":65536,"textChars":4000,"sendsPerSecond":20} }""");

    public Task SendAsync(string json) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(json), WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);

    public Task SendBinaryAsync(byte[] bytes) =>
        socket.SendAsync(bytes, WebSocketMessageType.Binary, endOfMessage: true, TestContext.Current.CancellationToken);

    /// <summary>The client's next frame, which must be of this type.</summary>
    public async Task<JsonElement> ReceiveAsync(string type)
    {
        var frame = await ReceiveAnyAsync() ?? throw new InvalidOperationException($"The client closed with {ClosedWith} instead of sending '{type}'.");
        Assert.Equal(type, frame.GetProperty("type").GetString());
        return frame;
    }

    /// <summary>Reads to the client's close, whatever comes before.</summary>
    public async Task ReceiveCloseAsync()
    {
        while (await ReceiveAnyAsync() is not null)
        {
        }
    }

    /// <summary>Answers the join that comes next.</summary>
    public async Task<JsonElement> AdmitAsync(string room = "lobby", bool recovered = false, string? position = """{"epoch":"e1","offset":0}""", string messages = "")
    {
        var join = await ReceiveAsync("join");
        Assert.Equal(room, join.GetProperty("room").GetString());
        await SendAsync(
            $$"""{"type":"joined","room":"{{room}}","position":{{position ?? "null"}},"recovered":{{(recovered ? "true" : "false")}},"messages":[{{messages}}],"members":[{"name":"ada","connections":1}],"memberCount":1}""");
        return join;
    }

    public Task MessageAsync(long offset, string room = "lobby") => SendAsync(Frames.Message(offset, room));

    public Task AckAsync(JsonElement send, long offset = 1, string epoch = "e1") => SendAsync(
        $$"""{"type":"ack","room":"{{send.GetProperty("room").GetString()}}","id":"{{send.GetProperty("id").GetString()}}","offset":{{offset}},"epoch":"{{epoch}}"}""");

    public Task RefuseAsync(JsonElement frame, string code)
    {
        var id = frame.TryGetProperty("id", out var value) ? $",\"id\":\"{value.GetString()}\"" : "";
        return SendAsync($$"""{"type":"error","code":"{{code}}","message":"no","room":"{{frame.GetProperty("room").GetString()}}"{{id}}}""");
    }

    /// <summary>Closes with a code, and reads to the client's answer.</summary>
    public async Task CloseAsync(int code, string reason = "")
    {
        await socket.CloseOutputAsync((WebSocketCloseStatus)code, reason, TestContext.Current.CancellationToken);
        await ReceiveCloseAsync();
        _over.TrySetResult();
    }

    /// <summary>Breaks the connection as a crash would.</summary>
    public void Abort()
    {
        if (!_over.Task.IsCompleted)
            context.Abort();

        _over.TrySetResult();
    }

    private async Task<JsonElement?> ReceiveAnyAsync()
    {
        var length = 0;
        while (true)
        {
            var received = await socket.ReceiveAsync(_buffer.AsMemory(length), TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                ClosedWith = (int?)socket.CloseStatus;
                if (socket.State == WebSocketState.CloseReceived)
                    await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, TestContext.Current.CancellationToken);

                return null;
            }

            length += received.Count;
            if (received.EndOfMessage)
                return JsonDocument.Parse(_buffer.AsMemory(0, length)).RootElement.Clone();
        }
    }
}
