using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace AspireChat.Tests.Faults;

/// <summary>
/// A client as somebody might write it who has read protocol.md and nothing else: a stock WebSocket, JSON, a position, and a table of what was not
/// acknowledged. It drops nothing and sorts nothing: what it has seen is what came.
/// </summary>
internal sealed class ThirdPartyClient(Uri address, string room, string name) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, string> _unacknowledged = new();
    private readonly List<(long Offset, string Id)> _seen = [];
    private readonly SemaphoreSlim _writing = new(1);
    private ClientWebSocket? _socket;
    private (string Epoch, long Offset)? _position;
    private Task _run = Task.CompletedTask;
    private int _failures;

    /// <summary>Offset and id of each message, in the order in which they came.</summary>
    public (long Offset, string Id)[] Seen
    {
        get
        {
            lock (_seen)
                return [.. _seen];
        }
    }

    public ConcurrentBag<string> Acknowledged { get; } = [];

    /// <summary>What the server announced as lost.</summary>
    public ConcurrentBag<string> Announced { get; } = [];

    public string? Instance { get; private set; }

    public int Joins { get; private set; }

    public int Waiting => _unacknowledged.Count;

    public void Start() => _run = RunAsync();

    public async Task SendAsync(string text)
    {
        var id = Guid.NewGuid().ToString("N");
        _unacknowledged[id] = text;
        await TransmitAsync(id, text);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _run;
        _stop.Dispose();
        _writing.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            using var socket = new ClientWebSocket();
            try
            {
                socket.Options.AddSubProtocol("aspirechat.v1");
                await socket.ConnectAsync(address, _stop.Token);
                _socket = socket;
                await ReadAsync(socket);
            }
            catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or InvalidOperationException)
            {
            }

            _socket = null;
            // Full jitter.
            await Task.Delay(Math.Min(30_000, 250 << Math.Min(_failures++, 7)) * Random.Shared.NextDouble() is var wait ? TimeSpan.FromMilliseconds(wait) : default, _stop.Token)
                .ContinueWith(static _ => { }, TaskScheduler.Default);
        }
    }

    private async Task ReadAsync(ClientWebSocket socket)
    {
        var buffer = new byte[1024 * 1024];
        while (true)
        {
            var length = 0;
            ValueWebSocketReceiveResult received;
            do
            {
                received = await socket.ReceiveAsync(buffer.AsMemory(length), _stop.Token);
                if (received.MessageType == WebSocketMessageType.Close)
                {
                    await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, _stop.Token);
                    return;
                }

                length += received.Count;
            }
            while (!received.EndOfMessage);

            using var frame = JsonDocument.Parse(buffer.AsMemory(0, length));
            await TakeAsync(frame.RootElement);
        }
    }

    private async Task TakeAsync(JsonElement frame)
    {
        switch (frame.GetProperty("type").GetString())
        {
            case "welcome":
                Instance = frame.GetProperty("instance").GetString();
                await WriteAsync(_position is { } position
                    ? new { type = "join", room, name, presence = false, since = new { epoch = position.Epoch, offset = position.Offset } }
                    : new { type = "join", room, name, presence = false });
                break;
            case "joined":
                if (_position is not null && !frame.GetProperty("recovered").GetBoolean())
                    Announced.Add("not recovered");
                foreach (var message in frame.GetProperty("messages").EnumerateArray())
                    See(message);
                _position = (frame.GetProperty("position").GetProperty("epoch").GetString()!, frame.GetProperty("position").GetProperty("offset").GetInt64());
                _failures = 0;
                Joins++;
                foreach (var (id, text) in _unacknowledged)
                    await TransmitAsync(id, text);
                break;
            case "message":
                See(frame);
                _position = _position!.Value with { Offset = frame.GetProperty("offset").GetInt64() };
                break;
            case "resync":
                Announced.Add("resync");
                break;
            case "ack":
                if (_unacknowledged.TryRemove(frame.GetProperty("id").GetString()!, out _))
                    Acknowledged.Add(frame.GetProperty("id").GetString()!);
                break;
            case "error" when frame.GetProperty("code").GetString() is "unavailable" or "rate_limited":
                var refused = frame.GetProperty("id").GetString()!;
                _ = Task.Delay(1_000).ContinueWith(_ => _unacknowledged.TryGetValue(refused, out var text) ? TransmitAsync(refused, text) : Task.CompletedTask, TaskScheduler.Default);
                break;
        }
    }

    private void See(JsonElement message)
    {
        lock (_seen)
            _seen.Add((message.GetProperty("offset").GetInt64(), message.GetProperty("id").GetString()!));
    }

    private Task TransmitAsync(string id, string text) => WriteAsync(new { type = "send", room, id, text, name });

    private async Task WriteAsync(object frame)
    {
        await _writing.WaitAsync();
        try
        {
            if (_socket is { State: WebSocketState.Open } socket)
                await socket.SendAsync(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(frame)), WebSocketMessageType.Text, endOfMessage: true, _stop.Token);
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The reader sees the end; what was not acknowledged goes out again on the next connection.
        }
        finally
        {
            _writing.Release();
        }
    }
}
