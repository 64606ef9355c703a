using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using AspireChat.LoadTest.Load.Measuring;

namespace AspireChat.LoadTest.Load.Clients;

/// <summary>Publishes by <c>POST /api/rooms/{room}/messages</c> with the API key: no rate limit, and one request after the other, so that order is kept.</summary>
internal sealed class HttpPublisher(int number, ClientContext context) : IPublisher
{
    private const int MaxWaiting = 10_000;

    private readonly Channel<(Feed Feed, Stamp Stamp)> _waiting = Channel.CreateBounded<(Feed Feed, Stamp Stamp)>(MaxWaiting);
    private readonly Shard _shard = context.Meter.ShardFor(number);

    public void Publish(Feed feed, long now)
    {
        _shard.Add(Count.Sent);
        if (!_waiting.Writer.TryWrite((feed, feed.Next(now))))
            _shard.Add(Count.NotSent);
    }

    /// <summary>No more is to be sent; <see cref="RunAsync"/> ends.</summary>
    public void Leave() => _waiting.Writer.TryComplete();

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var (feed, stamp) in _waiting.Reader.ReadAllAsync(cancellationToken))
                await PostAsync(feed, stamp, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
    }

    private async Task PostAsync(Feed feed, Stamp stamp, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, context.Dialer.TargetOf(number).Http($"/api/rooms/{feed.RoomName}/messages"));
            request.Headers.Add("X-Api-Key", context.Credentials.ApiKey);
            request.Content = new ByteArrayContent(Encode(stamp)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
            using var response = await context.Dialer.Http.SendAsync(request, cancellationToken);
            if (!response.IsSuccessStatusCode)
                context.Meter.Refuse(await CodeOfAsync(response, cancellationToken));
            else if (feed.Acknowledge(stamp.Sequence))
                Acknowledge(stamp);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            context.Meter.Refuse("http_failed");
        }
    }

    private void Acknowledge(in Stamp stamp)
    {
        _shard.Add(Count.Acknowledged);
        context.Meter.AddAcknowledgement(Stopwatch.GetTimestamp() - stamp.SentAt);
    }

    private static async Task<string> CodeOfAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            var error = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
            return error.GetProperty("code").GetString() ?? $"http_{(int)response.StatusCode}";
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or NotSupportedException)
        {
            return $"http_{(int)response.StatusCode}";
        }
    }

    private byte[] Encode(in Stamp stamp)
    {
        var (id, text) = (new byte[Stamp.Size], new byte[context.Text.Size]);
        stamp.Write(context.Text.Run, id);
        context.Text.Write(stamp, text);
        return JsonSerializer.SerializeToUtf8Bytes(new { id = Encoding.ASCII.GetString(id), name = context.Credentials.Name, text = Encoding.ASCII.GetString(text) });
    }
}
