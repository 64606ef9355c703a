using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;

namespace AspireChat.ChatServer.Connections.Direct;

/// <summary>The answer to a request: held until it is whole, since it is either the short acceptance of an upgrade or a short refusal.</summary>
internal sealed class DirectResponse(FrameTransport transport, MemoryStream body, TimeProvider time) : HttpResponseFeature
{
    private readonly Stack<(Func<object, Task> Callback, object State)> _starting = [];
    private readonly Stack<(Func<object, Task> Callback, object State)> _completed = [];
    private bool _hasStarted;

    public override bool HasStarted => _hasStarted;

    public IHttpResponseBodyFeature NewBody() => new StreamResponseBodyFeature(body);

    public override void OnStarting(Func<object, Task> callback, object state) => _starting.Push((callback, state));

    public override void OnCompleted(Func<object, Task> callback, object state) => _completed.Push((callback, state));

    /// <summary>Accepts the upgrade.</summary>
    public async Task SwitchProtocolsAsync()
    {
        StatusCode = StatusCodes.Status101SwitchingProtocols;
        Headers.Connection = "Upgrade";
        await StartAsync();
        await SendAsync(EncodeHead());
    }

    /// <summary>Sends what the application has answered, after which the connection ends; nothing when it has accepted the upgrade.</summary>
    public async Task CompleteAsync(Exception? failure)
    {
        if (failure is not null && !_hasStarted)
        {
            StatusCode = StatusCodes.Status500InternalServerError;
            Headers.Clear();
            body.SetLength(0);
        }

        if (!_hasStarted)
        {
            Headers.Connection = "close";
            Headers.ContentLength = body.Length;
            await StartAsync();
            await SendAsync([.. EncodeHead(), .. body.ToArray()]);
        }

        while (_completed.TryPop(out var completed))
        {
            await completed.Callback(completed.State);
        }
    }

    private async Task StartAsync()
    {
        while (_starting.TryPop(out var starting))
        {
            await starting.Callback(starting.State);
        }

        Headers.Date = time.GetUtcNow().ToString("R");
        _hasStarted = true;
    }

    /// <summary>A socket takes so little at once, and then holds on to nothing that it would need to wait.</summary>
    private ValueTask SendAsync(byte[] bytes)
    {
        var written = transport.TryWrite(bytes);
        return written == bytes.Length ? ValueTask.CompletedTask : transport.WriteAsync(bytes.AsMemory(written));
    }

    private byte[] EncodeHead()
    {
        var head = new StringBuilder($"HTTP/1.1 {StatusCode} {ReasonPhrase ?? ReasonPhrases.GetReasonPhrase(StatusCode)}\r\n");
        foreach (var (name, values) in Headers)
        {
            foreach (var value in values)
            {
                head.Append($"{name}: {OneLine(value)}\r\n");
            }
        }

        return Encoding.ASCII.GetBytes(head.Append("\r\n").ToString());
    }

    private static string? OneLine(string? value) =>
        value is not null && value.Any(char.IsControl) ? throw new InvalidOperationException("A header of the response holds a control character.") : value;
}
