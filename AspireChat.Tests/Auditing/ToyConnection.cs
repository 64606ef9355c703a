using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;

namespace AspireChat.Tests.Auditing;

/// <summary>A connection to a <see cref="ToyServer"/>.</summary>
internal sealed class ToyConnection(WebSocket socket, HttpContext context, string instance)
{
    private readonly Channel<byte[]> _outbound = Channel.CreateUnbounded<byte[]>();

    public string Instance => instance;

    public string Name { get; set; } = "";

    public void Send(object frame) => _outbound.Writer.TryWrite(JsonSerializer.SerializeToUtf8Bytes(frame));

    public void Abort() => context.Abort();

    public async Task RunAsync(Action<JsonElement> take)
    {
        Send(new
        {
            type = "welcome",
            protocol = 1,
            instance,
            connection = "c",
            backplane = "stream",
            pingSeconds = 20,
            limits = new { frameBytes = 65536, textChars = 4000, sendsPerSecond = 0 },
        });
        var writing = WriteAsync();
        try
        {
            var buffer = new byte[64 * 1024];
            while (await socket.ReceiveAsync(buffer.AsMemory(), context.RequestAborted) is { MessageType: WebSocketMessageType.Text } received)
            {
                using var frame = JsonDocument.Parse(buffer.AsMemory(0, received.Count));
                take(frame.RootElement);
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException)
        {
        }

        _outbound.Writer.Complete();
        await writing;
    }

    private async Task WriteAsync()
    {
        try
        {
            await foreach (var frame in _outbound.Reader.ReadAllAsync(context.RequestAborted))
                await socket.SendAsync(frame, WebSocketMessageType.Text, endOfMessage: true, context.RequestAborted);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException)
        {
        }
    }
}
